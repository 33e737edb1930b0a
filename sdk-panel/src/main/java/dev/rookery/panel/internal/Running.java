package dev.rookery.panel.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Work that a thread has begun. Thread-safe.
 *
 * @param <T> the claim on it
 */
final class Running<T> {

    private final T claimed;
    private final long began = System.nanoTime();
    private @Nullable Thread thread;
    private boolean brokenOff;
    private volatile boolean lost;

    Running(T claimed, Thread thread) {
        this.claimed = claimed;
        this.thread = thread;
    }

    T claimed() {
        return claimed;
    }

    Duration lasted() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    boolean lost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    /** Interrupts the work, once; says whether this call did. */
    synchronized boolean breakOff() {
        if (thread == null || brokenOff) {
            return false;
        }
        brokenOff = true;
        thread.interrupt();
        return true;
    }

    /** Called by the thread of the work when it has ended; an interruption was meant for the work, not for what the thread does next. */
    synchronized void end() {
        thread = null;
        if (brokenOff) {
            Thread.interrupted();
        }
    }
}
