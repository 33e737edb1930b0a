package dev.rookery.wings;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How long calls to a node may take when the caller gives no deadline of its own.
 *
 * @param query for reading, power actions and commands, which a node answers at once, and for opening a console
 * @param slow for calls during which a node asks its panel, another host or its container engine: create, sync, reinstall, delete, and
 *     the begin of a restore or a transfer
 * @param idle the longest silence while file contents flow; the whole transfer may take as long as it takes
 * @param retryBudget how long reading calls are repeated after network failures, 429 and 502 to 504, within the deadline; zero means
 *     once
 * @param work for calls during which a node works on files: archives, downloads that are waited for, searches, copies, deletions
 */
@Value.Builder
public record NodeDeadlines(Duration query, Duration slow, Duration idle, Duration retryBudget, Duration work) {

    private static final NodeDeadlines DEFAULTS = new NodeDeadlines(
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofMinutes(15));

    /** Checks every value. */
    public NodeDeadlines {
        requirePositive(query, "query");
        requirePositive(slow, "slow");
        requirePositive(idle, "idle");
        requirePositive(work, "work");
        if (retryBudget.isNegative()) {
            throw new InvalidInputException("retryBudget: " + retryBudget + " (expected: >= 0)");
        }
    }

    /** Returns the defaults: 15 s, 60 s, 60 s, 2 s and 15 min. Source: node API §7.6. */
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
