package dev.rookery.daemon.internal.environment.docker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Bytes on their way to a process: a bounded queue that the connection's sender reads as a stream. Thread-safe. */
final class StdinPipe extends InputStream {

    private static final int MAX_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private byte @Nullable [] current;
    private int position;
    private int queuedBytes;
    private boolean closed;

    /** Queues bytes; returns false if there is no room or the pipe is closed. */
    boolean offer(byte[] bytes) {
        lock.lock();
        try {
            if (closed || queuedBytes + bytes.length > MAX_BYTES) {
                return false;
            }
            queue.add(bytes.clone());
            queuedBytes += bytes.length;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (current == null && queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            if (current == null) {
                current = queue.poll();
                position = 0;
            }
            var from = current;
            if (from == null) {
                return -1;
            }
            int count = Math.min(length, from.length - position);
            System.arraycopy(from, position, buffer, offset, count);
            position += count;
            queuedBytes -= count;
            if (position == from.length) {
                current = null;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
