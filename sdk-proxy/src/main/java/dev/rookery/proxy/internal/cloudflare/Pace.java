package dev.rookery.proxy.internal.cloudflare;

import java.time.Duration;

/**
 * Spreads calls: after a few at once, each gets its own time, so that a large document does not use up the limit of a user's dashboard. Source:
 * proxy.md §4.3. Thread-safe.
 */
final class Pace {

    private final long stepNanos;
    private final long aheadNanos;
    private long slotNanos = Long.MIN_VALUE;

    /**
     * Creates a pace.
     *
     * @param step the time of one call; zero is no limit
     * @param atOnce how many may be ahead of their time
     */
    Pace(Duration step, int atOnce) {
        this.stepNanos = step.toNanos();
        this.aheadNanos = stepNanos * (atOnce - 1);
    }

    /** Takes the next time, and returns how long it is until then. */
    synchronized Duration next(long nowNanos) {
        if (slotNanos == Long.MIN_VALUE || slotNanos - nowNanos < 0) {
            slotNanos = nowNanos;
        }
        long pause = Math.max(0, slotNanos - nowNanos - aheadNanos);
        slotNanos += stepNanos;
        return Duration.ofNanos(pause);
    }
}
