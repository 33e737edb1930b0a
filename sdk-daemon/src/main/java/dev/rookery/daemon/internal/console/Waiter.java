package dev.rookery.daemon.internal.console;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one reader sleep until there is something for it. Thread-safe. */
final class Waiter {

    private final Semaphore calls = new Semaphore(0);

    /** Wakes the reader, or keeps it from falling asleep the next time. */
    void wake() {
        if (calls.availablePermits() == 0) {
            calls.release();
        }
    }

    /** Waits until it is called or the time is over. */
    void await(long millis) throws InterruptedException {
        if (calls.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            calls.drainPermits();
        }
    }
}
