package dev.rookery.daemon.internal.file;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a piece of work from taking more than a share of the time: after each stretch of it comes a rest. What the disk takes counts as work.
 * Used by one thread.
 */
final class Pace {

    private static final int STEPS_PER_LOOK = 64;
    private static final long STRETCH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double WHOLE = 100;

    private final double restPerWork;
    private final BooleanSupplier hurry;
    private final LongSupplier nanoTime;
    private final LongConsumer rest;
    private int steps;
    private long since;
    private volatile long lastStep;

    /**
     * Creates one for work that begins now.
     *
     * @param sharePercent how much of the time it may take, 1 to 100
     * @param hurry whether somebody waits for it, so that it takes all
     */
    Pace(int sharePercent, BooleanSupplier hurry) {
        this(sharePercent, hurry, System::nanoTime, LockSupport::parkNanos);
    }

    Pace(int sharePercent, BooleanSupplier hurry, LongSupplier nanoTime, LongConsumer rest) {
        this.restPerWork = (WHOLE - sharePercent) / sharePercent;
        this.hurry = hurry;
        this.nanoTime = nanoTime;
        this.rest = rest;
        begin();
    }

    /** Begins now, and not when it was created. */
    void begin() {
        since = nanoTime.getAsLong();
        lastStep = since;
    }

    /** Takes note of one more step, and rests when it is time to. */
    void step() {
        if (++steps % STEPS_PER_LOOK != 0) {
            return;
        }
        long now = nanoTime.getAsLong();
        lastStep = now;
        long worked = now - since;
        if (worked >= STRETCH_NANOS) {
            if (restPerWork > 0 && !hurry.getAsBoolean()) {
                rest.accept((long) (worked * restPerWork));
            }
            since = nanoTime.getAsLong();
            lastStep = since;
        }
    }

    /** Returns how long no step was seen; may be asked by any thread. */
    long idleNanos() {
        return nanoTime.getAsLong() - lastStep;
    }
}
