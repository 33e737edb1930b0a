package dev.rookery.panel.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes a thread that waits, or the next one that will. Thread-safe. */
final class Signal {

    private final Semaphore given = new Semaphore(0);

    /** Wakes. */
    void give() {
        given.release();
    }

    /** Returns when woken or after {@code timeout}; early if interrupted, which then stays set. */
    void await(Duration timeout) {
        try {
            if (given.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                given.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
