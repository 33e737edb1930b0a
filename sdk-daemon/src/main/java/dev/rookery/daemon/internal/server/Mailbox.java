package dev.rookery.daemon.internal.server;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after another, in order, on borrowed threads. Thread-safe. */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Executor threads;
    private final ArrayDeque<Task> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    Mailbox(Executor threads) {
        this.threads = threads;
    }

    /**
     * Adds a task.
     *
     * @param refused is run instead if there are no threads any more: the daemon is closing
     */
    void post(Runnable task, Runnable refused) {
        boolean late;
        synchronized (waiting) {
            late = closed;
            if (!late) {
                waiting.add(new Task(task, refused));
                if (running) {
                    return;
                }
                running = true;
            }
        }
        if (late) {
            refused.run();
            return;
        }
        try {
            threads.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.debug("the daemon is closing, what was not decided is decided after its next start", e);
            refuseAll();
        } catch (RuntimeException | Error e) {
            // The next event tries again, and takes these along.
            synchronized (waiting) {
                running = false;
            }
            LOG.error("no thread for a server's events, which wait for the next one", e);
        }
    }

    private void refuseAll() {
        List<Task> left;
        synchronized (waiting) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(task -> task.refused().run());
    }

    private void drain() {
        for (var task = next(); task != null; task = next()) {
            try {
                task.body().run();
            } catch (RuntimeException | Error e) {
                // Errors too: nobody else would ever take the events after this one.
                LOG.error("a server's event was lost", e);
            }
        }
    }

    private @Nullable Task next() {
        synchronized (waiting) {
            var task = waiting.poll();
            running = task != null;
            return task;
        }
    }

    /** A task, or what is to be done without it. */
    private record Task(Runnable body, Runnable refused) {}
}
