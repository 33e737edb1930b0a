package dev.rookery.daemon;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How many lines of a console are delivered live. What goes beyond is neither lost nor stops the server: it is kept like any other line,
 * and clients that know line numbers are told which they were not sent.
 *
 * @param enabled whether there is a limit; default true
 * @param lines how many lines per interval, 0 for none at all; default 2,000
 * @param interval how long an interval is, 0 for no limit; default 100 ms
 */
@Value.Builder
public record ThrottleOptions(boolean enabled, int lines, Duration interval) {

    private static final Duration INTERVAL_MAX = Duration.ofHours(1);

    /** Checks every value. */
    public ThrottleOptions {
        Checks.range(0, lines, Integer.MAX_VALUE, "throttles.lines");
        if (interval.isNegative() || interval.compareTo(INTERVAL_MAX) > 0) {
            throw new InvalidInputException(
                    "throttles.line_reset_interval: " + interval.toMillis() + " (expected: 0 to 3600000 ms)");
        }
    }

    /** Returns a builder with every default. */
    public static ThrottleOptionsBuilder builder() {
        return new ThrottleOptionsBuilder().enabled(true).lines(2000).interval(Duration.ofMillis(100));
    }
}
