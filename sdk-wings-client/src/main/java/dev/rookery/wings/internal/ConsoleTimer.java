package dev.rookery.wings.internal;

import dev.rookery.kit.NamedThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tells the time that passes, and runs things later. */
interface ConsoleTimer {

    /** One thread for all consoles of the program: what runs on it never blocks. It ends when nothing is due for a while. */
    ConsoleTimer SYSTEM = new SystemTimer();

    /** Returns a time that only ever grows. */
    long nanoTime();

    /**
     * Runs {@code task} once, later.
     *
     * @return takes it back when run
     */
    Runnable schedule(Duration delay, Runnable task);

    /** The real one. */
    final class SystemTimer implements ConsoleTimer {

        private static final long KEEP_SECONDS = 10;

        private final ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(1, NamedThreads.platform("wings-console-timer"));

        private SystemTimer() {
            executor.setRemoveOnCancelPolicy(true);
            executor.setKeepAliveTime(KEEP_SECONDS, TimeUnit.SECONDS);
            executor.allowCoreThreadTimeOut(true);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Runnable schedule(Duration delay, Runnable task) {
            var future = executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }
    }
}
