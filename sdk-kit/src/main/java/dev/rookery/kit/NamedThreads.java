package dev.rookery.kit;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.UnavailableException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes threads that say what they are for. Threads that mostly wait are virtual where the JVM has such (21 and later), else daemon
 * threads; either way they never keep the JVM alive, and what they do not catch is logged.
 */
public final class NamedThreads {

    private static final Logger LOG = LoggerFactory.getLogger(NamedThreads.class);
    private static final int FIRST_WITH_VIRTUAL = 21;
    /** How long a platform thread, which is dear to make, waits for its next task. */
    private static final int REUSE_SECONDS = 10;
    // The SDK is compiled for 17, whose class library cannot name virtual threads.
    private static final Optional<MethodHandle> VIRTUAL = findVirtual();

    private NamedThreads() {}

    /** Returns whether {@link #waiting} makes virtual threads here. */
    public static boolean virtual() {
        return VIRTUAL.isPresent();
    }

    /**
     * Returns a factory of threads that mostly wait: for sockets, streams, other threads. What they run must not hold a monitor while
     * it waits, and must not call long native functions.
     *
     * @param name what the threads are for; a number is appended
     */
    public static ThreadFactory waiting(String name) {
        return factory(name, true);
    }

    /**
     * Returns a factory of platform threads, for native calls and computation.
     *
     * @param name what the threads are for; a number is appended
     */
    public static ThreadFactory platform(String name) {
        return factory(name, false);
    }

    /**
     * Returns an executor that gives each task a {@link #waiting} thread for itself, without a bound: the caller bounds what it
     * submits. Threads that are not virtual wait some seconds for another task. To be shut down by the caller. Where the system gives out no thread, it waits for up to five seconds until it does,
     * since whoever hands a task over counts on its being run; then it throws {@link UnavailableException}.
     *
     * @param name what the threads are for; a number is appended
     */
    public static ExecutorService perTask(String name) {
        return new PerTask(waiting(name));
    }

    /** A thread for each task. */
    private static final class PerTask extends ThreadPoolExecutor {

        private static final Duration PATIENCE = Duration.ofSeconds(5);
        private static final long PAUSE_MILLIS = 50;

        PerTask(ThreadFactory threads) {
            super(
                    0,
                    Integer.MAX_VALUE,
                    virtual() ? 0 : REUSE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    threads);
        }

        @Override
        public void execute(Runnable task) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                try {
                    super.execute(task);
                    return;
                } catch (OutOfMemoryError e) {
                    // "unable to create native thread": a bound of the system, which does not last.
                    pause(e, deadline);
                }
            }
        }

        private static void pause(OutOfMemoryError reason, long deadline) {
            if (System.nanoTime() - deadline >= 0) {
                throw new UnavailableException("the system gives out no more threads: " + reason.getMessage(), reason);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted while the system gives out no threads", e);
            }
        }
    }

    private static ThreadFactory factory(String name, boolean waiting) {
        requireNonNull(name, "name");
        var count = new AtomicLong();
        return task -> {
            var thread = waiting && VIRTUAL.isPresent() ? newVirtual(VIRTUAL.get(), task) : newPlatform(task);
            thread.setName(name + "-" + count.incrementAndGet());
            thread.setUncaughtExceptionHandler(
                    (failed, e) -> LOG.error("{} ended by an exception", failed.getName(), e));
            return thread;
        };
    }

    private static Thread newPlatform(Runnable task) {
        var thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private static Thread newVirtual(MethodHandle factory, Runnable task) {
        try {
            return ((ThreadFactory) factory.invoke()).newThread(task);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make a virtual thread", e);
        }
    }

    private static Optional<MethodHandle> findVirtual() {
        if (Runtime.version().feature() < FIRST_WITH_VIRTUAL) {
            return Optional.empty();
        }
        try {
            var lookup = MethodHandles.publicLookup();
            var builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            var ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            var toFactory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            return Optional.of(MethodHandles.filterReturnValue(ofVirtual, toFactory));
        } catch (ReflectiveOperationException e) {
            LOG.warn("this JVM should have virtual threads but does not; using platform threads", e);
            return Optional.empty();
        }
    }
}
