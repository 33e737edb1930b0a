package dev.rookery.proxy.internal.apply;

import dev.rookery.kit.Correlation;
import dev.rookery.kit.NamedThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The next time of one task of a thread; there is never more than one. Whoever wants it earlier moves it, whoever wants it later is not heard: a hundred
 * changes during an outage are not a hundred tasks that try again for ever. Thread-safe.
 */
final class Turn {

    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final ScheduledThreadPoolExecutor thread;
    private final Runnable task;
    private @Nullable Future<?> next;
    private long nextNanos;

    /** Returns a thread for turns. Whoever wants one after its end is not heard: the next start of the program sees to the rest. */
    static ScheduledThreadPoolExecutor thread(String name) {
        var thread = new ScheduledThreadPoolExecutor(1, NamedThreads.platform(name));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return thread;
    }

    Turn(ScheduledThreadPoolExecutor thread, Runnable task) {
        this.thread = thread;
        this.task = task;
    }

    /** Has it run at once, or behind what runs. */
    void soon() {
        in(Duration.ZERO);
    }

    /** Has it run after a pause, or earlier if somebody else wants that. Nothing happens any more when the thread ends. */
    synchronized void in(Duration pause) {
        long nanos = Math.max(0, pause.toNanos());
        long at = System.nanoTime() + nanos;
        if (next != null && nextNanos - at <= 0) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextNanos = at;
        next = thread.schedule(Correlation.carry(this::run), nanos, TimeUnit.NANOSECONDS);
    }

    /** The thread has more to do, whatever becomes of one thing. */
    private void run() {
        synchronized (this) {
            next = null;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("Something in the background failed", e);
        }
    }
}
