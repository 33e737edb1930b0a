package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Writes one gzip stream on several cores: blocks are compressed beside each other, each with the end of the one before it as a dictionary,
 * and put after one another. Used by one thread.
 */
final class ParallelGzip extends OutputStream {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
    private static final int TRAILER = 8;

    private final OutputStream out;
    private final Executor threads;
    private final int workers;
    private final ArrayDeque<CompletableFuture<GzipBlock>> ahead = new ArrayDeque<>();
    private final ArrayDeque<GzipBlock> free = new ArrayDeque<>();
    private GzipBlock present = new GzipBlock();
    private boolean begun;
    private boolean closed;
    private int crc;
    private long bytes;

    /**
     * Creates it.
     *
     * @param out is closed with this
     * @param threads run what compresses
     * @param workers how many blocks are compressed at a time; as many more wait, so that none waits for the oldest one
     */
    ParallelGzip(OutputStream out, Executor threads, int workers) {
        this.out = out;
        this.threads = threads;
        this.workers = workers;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (present.full()) {
                submit(false);
            }
            done += present.add(buffer, offset + done, length - done);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            submit(true);
            while (!ahead.isEmpty()) {
                drain();
            }
            out.write(ByteBuffer.allocate(TRAILER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(crc)
                    .putInt((int) bytes)
                    .array());
        } finally {
            ahead.forEach(block -> block.whenComplete((done, failure) -> {
                if (done != null) {
                    done.end();
                }
            }));
            free.forEach(GzipBlock::end);
            free.clear();
        }
    }

    private void submit(boolean last) throws IOException {
        var block = present;
        if (!last) {
            if (ahead.size() > 2 * workers) {
                drain();
            }
            var next = free.isEmpty() ? new GzipBlock() : free.pop();
            next.clear();
            next.follow(block);
            present = next;
        }
        ahead.add(CompletableFuture.supplyAsync(() -> block.pack(last), threads));
    }

    private void drain() throws IOException {
        var block = packed();
        if (!begun) {
            out.write(HEADER);
            begun = true;
        }
        out.write(block.out(), 0, block.outBytes());
        crc = Checksums.combined(crc, block.crc(), block.inBytes());
        bytes += block.inBytes();
        free.push(block);
    }

    private GzipBlock packed() throws IOException {
        try {
            return ahead.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException("a block cannot be compressed", e);
        }
    }
}
