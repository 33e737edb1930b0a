package dev.rookery.daemon.internal.console;

import dev.rookery.daemon.ThrottleOptions;
import java.util.function.LongSupplier;

/** Counts the lines of a console in intervals. Not thread-safe. Source: daemon behaviour §5.2. */
final class Throttle {

    private final ThrottleOptions options;
    private final LongSupplier nanos;
    private final boolean off;
    private long begin;
    private int count;
    /** Whether lines were held back in this interval or the one before. */
    private boolean throttled;

    private boolean begun;

    Throttle(ThrottleOptions options, LongSupplier nanos) {
        this.options = options;
        this.nanos = nanos;
        this.off = !options.enabled() || options.interval().isZero();
    }

    /** Counts a line; returns what becomes of it. */
    Verdict take() {
        if (off) {
            return Verdict.LIVE;
        }
        long now = nanos.getAsLong();
        long interval = options.interval().toNanos();
        if (!begun || now - begin >= interval) {
            boolean held = begun && count > options.lines() && now - begin < 2 * interval;
            throttled = throttled && held;
            begun = true;
            begin = now;
            count = 0;
        }
        count = count == Integer.MAX_VALUE ? count : count + 1;
        if (count <= options.lines()) {
            return Verdict.LIVE;
        }
        boolean first = !throttled;
        throttled = true;
        return first ? Verdict.FIRST_HELD_BACK : Verdict.HELD_BACK;
    }

    /** What becomes of a line. */
    enum Verdict {
        /** It is delivered. */
        LIVE,
        /** It is not delivered live, and neither were others shortly before. */
        HELD_BACK,
        /** It is the first of some that are not delivered live. */
        FIRST_HELD_BACK
    }
}
