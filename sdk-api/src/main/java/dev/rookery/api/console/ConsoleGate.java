package dev.rookery.api.console;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets as many events pass as were asked for, and holds the thread that tells them until more are: the bound of every view. What comes
 * while the thread is held, the console itself bounds and announces by a {@link ConsoleEvent.Gap}. Thread-safe.
 */
final class ConsoleGate implements ConsoleListener {

    private final Exit exit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Both guarded by the lock.
    private long permits;
    private boolean shut;

    /** What is behind the gate. Called by one thread at a time. */
    interface Exit {

        /** An event passed. */
        void onEvent(ConsoleEvent event);

        /** No more events will come. Also called when the gate is shut. */
        void onEnd(String reason);
    }

    ConsoleGate(Exit exit) {
        this.exit = exit;
    }

    /** Lets {@code count} more events pass. */
    void permit(long count) {
        lock.lock();
        try {
            long sum = permits + count;
            permits = sum < 0 ? Long.MAX_VALUE : sum;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing pass any more, and nobody wait. */
    void shut() {
        lock.lock();
        try {
            shut = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether nothing passes any more. */
    boolean isShut() {
        lock.lock();
        try {
            return shut;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEvent(ConsoleEvent event) {
        if (pass()) {
            exit.onEvent(event);
        }
    }

    @Override
    public void onClosed(String reason) {
        exit.onEnd(reason);
    }

    private boolean pass() {
        lock.lock();
        try {
            while (permits == 0 && !shut) {
                changed.await();
            }
            if (shut) {
                return false;
            }
            // The greatest number stands for no bound at all.
            permits -= permits == Long.MAX_VALUE ? 0 : 1;
            return true;
        } catch (InterruptedException e) {
            // Whoever owns the thread wants it back, and ends the console.
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
