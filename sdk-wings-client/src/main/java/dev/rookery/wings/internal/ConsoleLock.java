package dev.rookery.wings.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Guards the parts of one console. What runs under it never waits; what has to is put off until the lock is free. */
final class ConsoleLock {

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final List<Runnable> afterwards = new ArrayList<>();

    /** Runs {@code body} under the lock, then, once it is free, what the body put off. May be nested. */
    void run(Runnable body) {
        var due = List.<Runnable>of();
        lock.lock();
        try {
            body.run();
        } finally {
            if (lock.getHoldCount() == 1 && !afterwards.isEmpty()) {
                due = List.copyOf(afterwards);
                afterwards.clear();
            }
            lock.unlock();
            due.forEach(Runnable::run);
        }
    }

    /** Returns what {@code body} does under the lock. */
    <T> T get(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    /** Puts {@code task} off until the lock is free; to be called while holding it. */
    void afterwards(Runnable task) {
        afterwards.add(task);
    }
}
