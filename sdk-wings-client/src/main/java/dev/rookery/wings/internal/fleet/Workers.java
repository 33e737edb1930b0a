package dev.rookery.wings.internal.fleet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on an executor, a limited number at the same time and in order; what is in the background waits for the rest, and takes half
 * of the places at most. Thread-safe.
 */
public final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Executor executor;
    private final int placesMax;
    private final int waitingMax;
    // All below are guarded by this.
    private final Deque<Task> urgent = new ArrayDeque<>();
    private final Deque<Task> background = new ArrayDeque<>();
    private int running;
    private int runningBackground;
    private boolean closed;

    /** Something to do, or not. */
    public interface Task {

        /** Does it; must not throw. */
        void run();

        /** Is called instead when it will never be done. */
        void drop();
    }

    /**
     * Creates it with nothing to do.
     *
     * @param executor runs the tasks
     * @param placesMax how many at the same time
     * @param waitingMax how many may wait
     */
    public Workers(Executor executor, int placesMax, int waitingMax) {
        this.executor = executor;
        this.placesMax = placesMax;
        this.waitingMax = waitingMax;
    }

    /** Takes a task that is in no hurry; false if too many wait, or nothing is taken any more. */
    public boolean submitInBackground(Task task) {
        return submit(List.of(task), background) == 1;
    }

    /** Takes tasks in their order; returns how many of them, which is less if too many wait, or nothing is taken any more. */
    public int submit(List<? extends Task> tasks) {
        return submit(tasks, urgent);
    }

    private int submit(List<? extends Task> tasks, Deque<Task> queue) {
        int taken;
        int hired;
        synchronized (this) {
            int room = closed ? 0 : waitingMax - urgent.size() - background.size();
            taken = Math.min(tasks.size(), room);
            queue.addAll(tasks.subList(0, taken));
            hired = Math.min(taken, placesMax - running);
            running += hired;
        }
        for (int i = 0; i < hired; i++) {
            employ();
        }
        return taken;
    }

    /** Returns whether nothing is taken any more. */
    public synchronized boolean closed() {
        return closed;
    }

    /** Drops what waits, and takes nothing more. What runs, runs on. */
    public void close() {
        List<Task> dropped;
        synchronized (this) {
            closed = true;
            dropped = new ArrayList<>(urgent);
            dropped.addAll(background);
            urgent.clear();
            background.clear();
        }
        dropped.forEach(Task::drop);
    }

    private void employ() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            synchronized (this) {
                running--;
            }
            // Whoever owns the executor has ended it: nothing will ever run here.
            close();
        }
    }

    private void work() {
        for (var next = next(); next != null; next = next()) {
            try {
                next.task().run();
            } catch (RuntimeException | Error e) {
                LOG.error("a task of a fleet went wrong", e);
            } finally {
                done(next);
            }
        }
    }

    private record Taken(Task task, boolean inBackground) {}

    private synchronized @Nullable Taken next() {
        var task = urgent.poll();
        if (task != null) {
            return new Taken(task, false);
        }
        if (runningBackground < Math.max(1, placesMax / 2)) {
            task = background.poll();
        }
        if (task != null) {
            runningBackground++;
            return new Taken(task, true);
        }
        running--;
        return null;
    }

    private synchronized void done(Taken taken) {
        if (taken.inBackground()) {
            runningBackground--;
        }
    }
}
