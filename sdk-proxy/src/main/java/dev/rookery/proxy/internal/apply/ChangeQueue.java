package dev.rookery.proxy.internal.apply;

import dev.rookery.kit.Correlation;
import dev.rookery.kit.NamedThreads;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one caller work at a time. What others want meanwhile is collected, and done together by the first of them whose turn it is: each reload of an
 * engine costs something. A change that finds nobody at work waits for nobody. Thread-safe.
 */
final class ChangeQueue {

    private static final int TOGETHER_MAX = 500;

    private final Waits waits;
    private final Consumer<List<Waiting>> work;
    private final ThreadFactory threads;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private volatile @Nullable Thread worker;

    /**
     * Creates it.
     *
     * @param waits how long changes are collected, from the first one that has to wait, and how long anybody waits for his turn
     * @param work ends all of what it is given
     */
    ChangeQueue(Waits waits, Consumer<List<Waiting>> work) {
        this(waits, work, NamedThreads.platform("proxy-change"));
    }

    ChangeQueue(Waits waits, Consumer<List<Waiting>> work, ThreadFactory threads) {
        this.waits = waits;
        this.work = work;
        this.threads = threads;
    }

    /** Does a change, or has it done together with others. */
    ApplyReport change(Change change) {
        if (turn.isHeldByCurrentThread() || Thread.currentThread().equals(worker)) {
            throw new StoreException(
                    Problem.LOCKED, "a change from within a change (expected: after it, or by another thread)");
        }
        var mine = new Waiting(change);
        add(mine);
        boolean waited = !turn.tryLock();
        if (waited && !within(waits.lock())) {
            if (remove(mine)) {
                throw new StoreException(
                        Problem.LOCKED,
                        "others' changes took longer than " + waits.lock() + " (expected: that they end soon)");
            }
            // Somebody does it already.
            turn.lock();
        }
        try {
            if (!mine.ended()) {
                together(mine, waited);
            }
        } finally {
            turn.unlock();
        }
        return mine.result();
    }

    private void together(Waiting mine, boolean waited) {
        if (waited) {
            pause();
        }
        while (!mine.ended()) {
            var taken = take();
            var broken = new AtomicReference<Error>();
            try {
                apart(Correlation.carry(() -> work(taken, broken)));
            } catch (Error e) {
                // The machine has no thread for it.
                worker = null;
                giveUp(taken, e);
                throw e;
            }
            if (broken.get() != null) {
                throw broken.get();
            }
        }
    }

    private void work(List<Waiting> taken, AtomicReference<Error> broken) {
        try {
            work.accept(taken);
        } catch (RuntimeException e) {
            refuse(taken, e);
        } catch (Error e) {
            giveUp(taken, e);
            broken.set(e);
        }
    }

    /** Nobody waits for ever; whoever's turn it is hears of it as it is. */
    private static void giveUp(List<Waiting> taken, Error error) {
        refuse(taken, new IllegalStateException("the change was given up for an error: " + error, error));
    }

    private static void refuse(List<Waiting> taken, RuntimeException reason) {
        taken.stream().filter(waiting -> !waiting.ended()).forEach(waiting -> waiting.refuse(reason));
    }

    /** Whoever interrupts a caller ends his waiting for a turn, and not a change in the middle, or that of others who came with it. */
    private void apart(Runnable task) {
        var thread = threads.newThread(task);
        worker = thread;
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        worker = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        long end = first() + waits.collect().toNanos();
        for (long left = end - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void add(Waiting waiting) {
        synchronized (queue) {
            queue.add(waiting);
        }
    }

    private boolean remove(Waiting waiting) {
        synchronized (queue) {
            return queue.remove(waiting);
        }
    }

    private long first() {
        synchronized (queue) {
            return queue.isEmpty() ? System.nanoTime() : queue.getFirst().since();
        }
    }

    /** A change that was made from a certain revision is done alone: with others before it, it would not be that one any more. */
    private List<Waiting> take() {
        synchronized (queue) {
            var taken = new ArrayList<Waiting>();
            while (!queue.isEmpty() && taken.size() < TOGETHER_MAX) {
                boolean alone = !queue.getFirst().anyRevision();
                if (alone && !taken.isEmpty()) {
                    break;
                }
                taken.add(queue.removeFirst());
                if (alone) {
                    break;
                }
            }
            return taken;
        }
    }

    private boolean within(Duration time) {
        try {
            return turn.tryLock(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
