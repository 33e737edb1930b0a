package dev.rookery.daemon.internal.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from the event loop to a blocking reader. Holds {@link #HIGH_BYTES} at most: beyond that nothing is read from the
 * client until the reader has caught up.
 */
final class RequestBody extends InputStream {

    /** Reading from the client pauses at this many bytes. */
    static final int HIGH_BYTES = 512 * 1024;

    private static final int LOW_BYTES = HIGH_BYTES / 2;

    private final Runnable readMore;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private final Deque<ByteBuf> chunks = new ArrayDeque<>();
    private int buffered;
    private boolean complete;
    private boolean closed;
    private boolean paused;
    private @Nullable IOException failure;

    /**
     * Creates a body.
     *
     * @param readMore asks the event loop to read on; called on the reader's thread after {@link #offer} returned false
     */
    RequestBody(Runnable readMore) {
        this.readMore = readMore;
    }

    /**
     * Takes a chunk over. For the event loop.
     *
     * @return whether to read on at once
     */
    boolean offer(ByteBuf chunk) {
        lock.lock();
        try {
            if (closed) {
                chunk.release();
                return true;
            }
            chunks.add(chunk);
            buffered += chunk.readableBytes();
            paused = buffered >= HIGH_BYTES;
            changed.signal();
            return !paused;
        } finally {
            lock.unlock();
        }
    }

    /** Marks the end. For the event loop. */
    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the reader fail, after what has arrived; no effect after the end. For the event loop. */
    void fail(IOException reason) {
        lock.lock();
        try {
            if (!complete) {
                failure = reason;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the next move is the reader's, not the client's. */
    boolean waitsForReader() {
        lock.lock();
        try {
            return paused || complete;
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
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count;
        boolean resume;
        lock.lock();
        try {
            awaitChunk();
            if (chunks.isEmpty()) {
                return end();
            }
            count = take(target, offset, length);
            resume = paused && buffered <= LOW_BYTES;
            paused = paused && !resume;
        } finally {
            lock.unlock();
        }
        if (resume) {
            readMore.run();
        }
        return count;
    }

    /** Gives the rest up; what still arrives is dropped. */
    @Override
    public void close() {
        boolean resume;
        lock.lock();
        try {
            closed = true;
            chunks.forEach(ByteBuf::release);
            chunks.clear();
            buffered = 0;
            resume = paused;
            paused = false;
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (resume) {
            readMore.run();
        }
    }

    private void awaitChunk() throws IOException {
        try {
            while (chunks.isEmpty() && !complete && !closed && failure == null) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the request's body", e);
        }
    }

    private int end() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (closed) {
            throw new IOException("the body is closed");
        }
        return -1;
    }

    private int take(byte[] target, int offset, int length) {
        int count = 0;
        while (count < length && !chunks.isEmpty()) {
            var chunk = chunks.getFirst();
            int part = Math.min(length - count, chunk.readableBytes());
            chunk.readBytes(target, offset + count, part);
            count += part;
            if (!chunk.isReadable()) {
                chunks.removeFirst().release();
            }
        }
        buffered -= count;
        return count;
    }
}
