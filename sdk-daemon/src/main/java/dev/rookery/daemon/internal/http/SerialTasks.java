package dev.rookery.daemon.internal.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other on the threads of an executor, with a bound on those that wait. Thread-safe. */
final class SerialTasks {

    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final Executor executor;
    private final int limit;
    private final Object lock = new Object();

    // Guarded by lock.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialTasks(Executor executor, int limit) {
        this.executor = executor;
        this.limit = limit;
    }

    /** Adds a task; false if there are too many, or the executor takes none. */
    boolean offer(Runnable task) {
        synchronized (lock) {
            if (waiting.size() >= limit) {
                return false;
            }
            waiting.add(task);
            if (running) {
                return true;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor is closed", e);
            return false;
        }
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (lock) {
                task = waiting.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task failed", e);
            }
        }
    }
}
