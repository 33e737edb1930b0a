package dev.rookery.daemon.internal.node;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The part of somebody else's executor that one daemon uses: shutting it down ends the daemon's tasks and leaves the executor and all
 * other tasks alone. Thread-safe.
 */
public final class LentThreads extends AbstractExecutorService {

    private final Executor lender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final Set<Task> tasks = new HashSet<>();
    private boolean shutdown;

    /** Creates it. */
    public LentThreads(Executor lender) {
        this.lender = lender;
    }

    @Override
    public void execute(Runnable command) {
        var task = new Task(command);
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException("the daemon is closing");
            }
            tasks.add(task);
        } finally {
            lock.unlock();
        }
        try {
            lender.execute(task);
        } catch (RuntimeException e) {
            ended(task);
            throw e;
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        lock.lock();
        try {
            shutdown = true;
            tasks.forEach(Task::interrupt);
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return shutdown;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return shutdown && tasks.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            while (!(shutdown && tasks.isEmpty())) {
                if (left <= 0) {
                    return false;
                }
                left = quiet.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void ended(Task task) {
        lock.lock();
        try {
            tasks.remove(task);
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A task that knows its thread, so that the thread is interrupted only while it is this daemon's. */
    private final class Task implements Runnable {

        private final Runnable command;
        private Thread thread = Thread.currentThread();
        private boolean running;
        private boolean interrupted;

        Task(Runnable command) {
            this.command = command;
        }

        @Override
        public void run() {
            if (!begin()) {
                ended(this);
                return;
            }
            try {
                command.run();
            } finally {
                end();
            }
        }

        private boolean begin() {
            lock.lock();
            try {
                thread = Thread.currentThread();
                running = !interrupted;
                return running;
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                running = false;
                if (interrupted) {
                    // Not for the lender to see.
                    Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
            ended(this);
        }

        /** Called with the lock held. */
        private void interrupt() {
            interrupted = true;
            if (running) {
                thread.interrupt();
            }
        }
    }
}
