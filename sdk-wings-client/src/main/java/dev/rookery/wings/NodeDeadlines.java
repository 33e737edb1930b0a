package dev.rookery.wings;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How long calls to a node may take when the caller gives no deadline of its own.
 *
 * @param query for reading, power actions and commands, which a node answers at once, and for opening a console
 * @param slow for calls during which a node asks its panel or works on containers: create, sync, reinstall, delete
 * @param idle the longest silence while file contents flow; the whole transfer may take as long as it takes
 * @param retryBudget how long reading calls are repeated after network failures and 502 to 504, within the deadline; zero means once
 */
@Value.Builder
public record NodeDeadlines(Duration query, Duration slow, Duration idle, Duration retryBudget) {

    private static final NodeDeadlines DEFAULTS = new NodeDeadlines(
            Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(2));

    /** Checks every value. */
    public NodeDeadlines {
        requirePositive(query, "query");
        requirePositive(slow, "slow");
        requirePositive(idle, "idle");
        if (retryBudget.isNegative()) {
            throw new InvalidInputException("retryBudget: " + retryBudget + " (expected: >= 0)");
        }
    }

    /** Returns the defaults: 15 s, 60 s, 60 s and 2 s. */
    public static NodeDeadlines defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that begins with the defaults. */
    public static NodeDeadlinesBuilder builder() {
        return new NodeDeadlinesBuilder().from(DEFAULTS);
    }

    private static void requirePositive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidInputException(name + ": " + value + " (expected: > 0)");
        }
    }
}
