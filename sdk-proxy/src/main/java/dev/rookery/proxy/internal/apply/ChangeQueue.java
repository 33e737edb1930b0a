package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets one caller work at a time. What others want meanwhile is collected, and done together by the first of them whose turn it is: each reload of an
 * engine costs something. A change that finds nobody at work waits for nobody. Thread-safe.
 */
final class ChangeQueue {

    private static final int TOGETHER_MAX = 500;

    private final Waits waits;
    private final Consumer<List<Waiting>> work;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Deque<Waiting> queue = new ArrayDeque<>();

    /**
     * Creates it.
     *
     * @param waits how long changes are collected, from the first one that has to wait, and how long anybody waits for his turn
     * @param work ends all of what it is given
     */
    ChangeQueue(Waits waits, Consumer<List<Waiting>> work) {
        this.waits = waits;
        this.work = work;
    }

    /** Does a change, or has it done together with others. */
    ApplyReport change(Change change) {
        if (turn.isHeldByCurrentThread()) {
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
            try {
                work.accept(taken);
            } catch (RuntimeException e) {
                taken.stream().filter(waiting -> !waiting.ended()).forEach(waiting -> waiting.refuse(e));
            }
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
