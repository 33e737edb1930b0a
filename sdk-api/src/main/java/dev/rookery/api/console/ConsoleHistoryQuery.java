package dev.rookery.api.console;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import java.util.Optional;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * Which stored lines of a console to return.
 *
 * @param after only lines with a greater number, the oldest of them first to be taken; without it the newest are taken
 * @param before only lines with a smaller number
 * @param search only lines in which this is found
 * @param limit how many lines at most, 1 to 1,000; default 100
 */
@Incubating
@Value.Builder
public record ConsoleHistoryQuery(OptionalLong after, OptionalLong before, Optional<ConsoleSearch> search, int limit) {

    /** The most lines of a page. */
    public static final int LIMIT_MAX = 1000;

    private static final int LIMIT = 100;

    /** Checks every value. */
    public ConsoleHistoryQuery {
        notNegative(after, "after");
        notNegative(before, "before");
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new InvalidInputException("limit: " + limit + " (expected: 1 to " + LIMIT_MAX + ")");
        }
    }

    /** Returns a builder that begins with the newest 100 lines. */
    public static ConsoleHistoryQueryBuilder builder() {
        return new ConsoleHistoryQueryBuilder().limit(LIMIT);
    }

    /**
     * Returns the query for what a page has left.
     *
     * @param next the page's {@link ConsoleHistoryPage#next}
     */
    public ConsoleHistoryQuery next(long next) {
        var number = OptionalLong.of(next);
        return after.isPresent()
                ? new ConsoleHistoryQuery(number, before, search, limit)
                : new ConsoleHistoryQuery(after, number, search, limit);
    }

    private static void notNegative(OptionalLong number, String name) {
        if (number.isPresent() && number.getAsLong() < 0) {
            throw new InvalidInputException(name + ": " + number.getAsLong() + " (expected: >= 0)");
        }
    }
}
