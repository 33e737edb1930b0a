package dev.rookery.daemon.internal.console;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the clock was set, by one that only moves forward: what is removed for its age must not go because somebody mistyped a year.
 * Not thread-safe.
 */
final class ClockJumps {

    private static final Logger LOG = LoggerFactory.getLogger(ClockJumps.class);
    /** Less than this is correction, not a jump. */
    private static final Duration TOLERANCE = Duration.ofHours(1);
    /** How long there is to set it right again. */
    private static final Duration REST = Duration.ofDays(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private long millis;
    private long at;
    private long restUntil;

    /**
     * Creates it.
     *
     * @param nanos a time in nanoseconds that only moves forward
     */
    ClockJumps(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.millis = clock.millis();
        this.at = nanos.getAsLong();
        this.restUntil = at;
    }

    /** Looks at the clock; returns whether it has not been set for a day. */
    boolean steady() {
        long nowMillis = clock.millis();
        long now = nanos.getAsLong();
        var passed = Duration.ofNanos(now - at);
        var shown = Duration.ofMillis(nowMillis - millis);
        millis = nowMillis;
        at = now;
        if (shown.minus(passed).abs().compareTo(TOLERANCE) > 0) {
            LOG.warn("the clock was set by {}: no console line is removed for its age for a day", shown.minus(passed));
            restUntil = now + REST.toNanos();
        }
        return now - restUntil >= 0;
    }
}
