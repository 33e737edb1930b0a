package dev.rookery.daemon.internal.http;

import io.netty.channel.Channel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Makes a blocking writer wait until its client has taken enough. Threads: {@link #await} on any but the channel's event loop,
 * {@link #signal} on any.
 */
final class WriteGate {

    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    WriteGate(Channel channel) {
        this.channel = channel;
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
        if (channel.isWritable() && wanted.getAsBoolean()) {
            return true;
        }
        lock.lockInterruptibly();
        try {
            while (channel.isActive() && wanted.getAsBoolean()) {
                if (channel.isWritable()) {
                    return true;
                }
                changed.await();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }
}
