package dev.rookery.daemon.internal.http;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Makes a blocking writer wait until its client has taken enough. Threads: {@link #await} on any but the channel's event loop,
 * {@link #signal} on any.
 */
final class WriteGate {

    /** So much may wait to be handed to the channel. */
    private static final long QUEUED_MAX = 64 << 10;

    private final Channel channel;
    private final AtomicLong queued = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    WriteGate(Channel channel) {
        this.channel = channel;
    }

    /** Counts what waits to be handed to the channel. */
    void queued(int bytes) {
        queued.addAndGet(bytes);
    }

    /** Counts what was handed to the channel. */
    void written(int bytes) {
        long left = queued.addAndGet(-bytes);
        if (left < QUEUED_MAX && left + bytes >= QUEUED_MAX) {
            signal();
        }
    }

    /** Tells waiting writers to look again: the channel became writable or was closed. */
    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until more can be written. How long a client may take is the matter of the channel's idle time-out, which closes it.
     *
     * @param wanted whether the writer still wants to write
     * @return false if the channel was closed, or the writer does not want to any more
     */
    boolean await(BooleanSupplier wanted) throws InterruptedException {
        if (open() && wanted.getAsBoolean()) {
            return true;
        }
        lock.lockInterruptibly();
        try {
            while (channel.isActive() && wanted.getAsBoolean()) {
                if (open()) {
                    return true;
                }
                changed.await();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean open() {
        return channel.isWritable() && queued.get() < QUEUED_MAX;
    }
}
