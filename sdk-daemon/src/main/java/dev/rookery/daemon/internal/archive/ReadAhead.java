package dev.rookery.daemon.internal.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a stream on a thread of its own, so that it is decompressed on one core while another one does something with it. */
final class ReadAhead extends InputStream {

    private static final int CHUNK = 256 << 10;
    private static final int CHUNKS = 8;
    private static final long WAIT_MILLIS = 100;

    private final InputStream in;
    private final Closeable source;
    private final Guard guard;
    private final ArrayBlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
    private final ArrayBlockingQueue<byte[]> free = new ArrayBlockingQueue<>(CHUNKS);
    private volatile boolean closed;
    private volatile boolean ended;
    private Chunk present = new Chunk(new byte[0], 0, null);
    private int at;

    /**
     * Begins to read.
     *
     * @param in is read and closed by the thread
     * @param source is closed with this, which ends the thread even where a decoder finds nothing but more to read
     * @param guard ends the wait for it
     */
    ReadAhead(InputStream in, Closeable source, Guard guard, Executor threads) {
        this.in = in;
        this.source = source;
        this.guard = guard;
        threads.execute(this::fill);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (at == present.length()) {
            if (present.length() < 0 || !take()) {
                return -1;
            }
        }
        int count = Math.min(length, present.length() - at);
        System.arraycopy(present.bytes(), at, buffer, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return Math.max(0, present.length() - at);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        source.close();
        full.clear();
        // Lets the thread go if it waits for a free chunk.
        free.offer(new byte[CHUNK]);
    }

    private boolean take() throws IOException {
        try {
            if (present.bytes().length > 0) {
                free.offer(present.bytes());
            }
            var next = full.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            while (next == null) {
                if (ended && full.isEmpty()) {
                    throw new InterruptedIOException("the reading was ended");
                }
                guard.look();
                next = full.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
            present = next;
            at = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        var failure = present.failure();
        if (failure != null) {
            present = new Chunk(new byte[0], -1, null);
            at = present.length();
            throw failure;
        }
        at = present.length() < 0 ? present.length() : 0;
        return present.length() >= 0;
    }

    private void fill() {
        try (in) {
            for (int i = 0; i < CHUNKS - 1; i++) {
                free.add(new byte[CHUNK]);
            }
            while (!closed) {
                var bytes = free.take();
                int length = closed ? 0 : in.readNBytes(bytes, 0, bytes.length);
                full.put(new Chunk(bytes, length == 0 ? -1 : length, null));
                if (length == 0) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new InterruptedIOException("interrupted"));
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Decoders say of what is damaged in many ways.
            fail(new ArchiveRefusedException("archive: damaged", e));
        } finally {
            ended = true;
        }
    }

    private void fail(IOException failure) {
        boolean told = full.offer(new Chunk(new byte[0], -1, failure));
        while (!closed && !told) {
            try {
                told = full.offer(new Chunk(new byte[0], -1, failure), WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(byte[] bytes, int length, @Nullable IOException failure) {}
}
