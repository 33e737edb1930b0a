package dev.rookery.daemon.internal.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * What a client has sent and nobody has read yet: a ring that grows up to the channel's window, beyond which the client may not send, and is small
 * again once the client rests. Written by a thread of the network, which never waits, and read by another one.
 */
final class InboundBytes implements ChannelDataReceiver {

    private static final int FIRST_BYTES = 64 << 10;

    private final Window window;
    private final int mostBytes;
    private final Object lock = new Object();

    // Guarded by lock. What was handed out of an older ring stays valid until it is consumed.
    private ByteBuffer ring = ByteBuffer.allocateDirect(FIRST_BYTES);
    private int head;
    private int size;
    private boolean ended;

    /**
     * Creates it.
     *
     * @param window is told what may be sent again
     * @param mostBytes as large as the window
     */
    InboundBytes(Window window, int mostBytes) {
        this.window = window;
        this.mostBytes = mostBytes;
    }

    @Override
    public int data(ChannelSession channel, byte[] bytes, int start, int length) {
        take(bytes, start, length);
        // The window opens again when it is read.
        return 0;
    }

    /** Takes what has come. */
    void take(byte[] bytes, int start, int length) {
        synchronized (lock) {
            if (size + length > ring.capacity()) {
                grow(size + length);
            }
            int tail = (head + size) % ring.capacity();
            int first = Math.min(length, ring.capacity() - tail);
            ring.put(tail, bytes, start, first);
            ring.put(0, bytes, start + first, length - first);
            size += length;
            lock.notifyAll();
        }
    }

    private void grow(int needed) {
        int capacity = Math.max(needed, Math.min(2 * ring.capacity(), mostBytes));
        var larger = ByteBuffer.allocateDirect(capacity);
        for (var part : parts(0, size)) {
            larger.put(part);
        }
        ring = larger;
        head = 0;
    }

    /**
     * Waits for the first byte, or the end.
     *
     * @return false if there was neither for so long; then nothing is kept
     */
    boolean awaitAny(Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            while (size == 0 && !ended) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    ring = ring.capacity() == FIRST_BYTES ? ring : ByteBuffer.allocateDirect(FIRST_BYTES);
                    head = 0;
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
            return true;
        }
    }

    /** Waits for bytes; false if there will be none. */
    boolean await(int count) throws InterruptedException {
        synchronized (lock) {
            while (size < count && !ended) {
                lock.wait();
            }
            return size >= count;
        }
    }

    /** Returns whether so many bytes are there. */
    boolean has(int count) {
        synchronized (lock) {
            return size >= count;
        }
    }

    /** Returns bytes that are there, counted from the first one that is not consumed, as they lie. */
    ByteBuffer[] view(int offset, int count) {
        synchronized (lock) {
            return parts(offset, count);
        }
    }

    private ByteBuffer[] parts(int offset, int count) {
        int from = (head + offset) % ring.capacity();
        int first = Math.min(count, ring.capacity() - from);
        return new ByteBuffer[] {ring.slice(from, first), ring.slice(0, count - first)};
    }

    /** Returns a copy of bytes that are there. */
    ByteBuffer copy(int offset, int count) {
        var copy = ByteBuffer.allocate(count);
        for (var part : view(offset, count)) {
            copy.put(part);
        }
        return copy.flip();
    }

    /** Takes the first bytes away: the client may send as many again. */
    void consume(int count) throws IOException {
        synchronized (lock) {
            head = (head + count) % ring.capacity();
            size -= count;
        }
        window.release(count);
    }

    @Override
    public void close() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    /** Lets a client send more. */
    @FunctionalInterface
    interface Window {
        void release(long count) throws IOException;
    }
}
