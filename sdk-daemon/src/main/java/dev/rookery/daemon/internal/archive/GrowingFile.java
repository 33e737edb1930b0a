package dev.rookery.daemon.internal.archive;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;

/** A file that is still written, as a stream that waits for more until it is said that this is all. One thread writes, one reads. */
final class GrowingFile extends InputStream {

    private static final long LOOK_MILLIS = 100;
    private static final long FLUSH_BYTES = 64 << 20;

    private final FileChannel channel;
    private final CancelSignal cancel;
    private long reached;
    private boolean whole;
    private boolean closed;
    private long at;
    private long flushed;

    /**
     * Creates it.
     *
     * @param channel to read from; is closed with this
     * @param cancel ends the wait
     */
    GrowingFile(FileChannel channel, CancelSignal cancel) {
        this.channel = channel;
        this.cancel = cancel;
    }

    /** Says that it is this long by now, and will not be written again before there. */
    synchronized void reach(long bytes) {
        reached = bytes;
        notifyAll();
    }

    /** Says that this is all. */
    synchronized void whole() {
        whole = true;
        notifyAll();
    }

    /** Returns how long it is; while that is not known, as long as can be. */
    synchronized long sizeBytes() {
        return whole ? reached : Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int most = (int) Math.min(length, more());
        if (most == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = channel.read(ByteBuffer.wrap(buffer, offset, most), at);
        at += Math.max(0, count);
        if (at - flushed > FLUSH_BYTES) {
            // Who reads has the time for it, and in the end there is less to wait for.
            channel.force(false);
            flushed = at;
        }
        return count;
    }

    /** Ends the wait of who reads, too. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        channel.close();
    }

    private synchronized long more() throws IOException {
        try {
            while (at == reached && !whole && !closed) {
                if (cancel.cancelled()) {
                    throw new EndedException();
                }
                TimeUnit.MILLISECONDS.timedWait(this, LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (closed) {
            throw new ClosedChannelException();
        }
        return reached - at;
    }
}
