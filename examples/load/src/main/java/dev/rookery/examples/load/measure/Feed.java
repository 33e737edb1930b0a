package dev.rookery.examples.load.measure;

import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes numbered lines into the FIFO of a server, which prints them. A line is {@code ~NUMBER NANOS} and a filling, where NANOS is when
 * it was written. For one thread.
 */
final class Feed implements AutoCloseable {

    static final char BEGIN = '~';
    static final int NUMBER_DIGITS = 10;
    static final int NANOS_DIGITS = 16;

    private static final int LINE_BYTES = 80;
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LOOK_MILLIS = 20;
    private static final long OPEN_SECONDS = 30;

    private final FileChannel fifo;
    private final byte[] line = new byte[LINE_BYTES];
    private long written;

    private Feed(FileChannel fifo) {
        this.fifo = fifo;
        var filling = "the quick brown fox jumps over the lazy dog and on and on and on";
        var text = (BEGIN + " ".repeat(NUMBER_DIGITS + NANOS_DIGITS + 2) + filling).substring(0, LINE_BYTES - 1) + "\n";
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, line, 0, LINE_BYTES);
    }

    /** Opens the FIFO once the server has made it. */
    static Feed open(Path fifo) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!Files.exists(fifo)) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(OPEN_SECONDS)) {
                throw new UnavailableException("the server has made no FIFO " + fifo);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return new Feed(FileChannel.open(fifo, StandardOpenOption.WRITE, StandardOpenOption.READ));
    }

    /** Returns the number of the last line. */
    long written() {
        return written;
    }

    /** Writes as fast as they are taken. */
    void flood(long lines) throws IOException {
        var chunk = ByteBuffer.allocateDirect(CHUNK_BYTES - CHUNK_BYTES % LINE_BYTES);
        for (long i = 0; i < lines; i++) {
            put(chunk);
            if (!chunk.hasRemaining()) {
                send(chunk);
            }
        }
        send(chunk);
    }

    /** Writes at a steady pace. */
    void pace(int linesPerSecond, long seconds) throws IOException {
        var chunk = ByteBuffer.allocateDirect(CHUNK_BYTES - CHUNK_BYTES % LINE_BYTES);
        long begin = System.nanoTime();
        long from = written;
        long all = linesPerSecond * seconds;
        while (written - from < all) {
            long due = Math.min(all, (System.nanoTime() - begin) * linesPerSecond / TimeUnit.SECONDS.toNanos(1));
            while (written - from < due && chunk.hasRemaining()) {
                put(chunk);
            }
            send(chunk);
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        fifo.close();
    }

    private void put(ByteBuffer chunk) {
        written++;
        digits(written, 1, NUMBER_DIGITS);
        digits(System.nanoTime(), NUMBER_DIGITS + 2, NANOS_DIGITS);
        chunk.put(line);
    }

    private void digits(long number, int at, int count) {
        long left = number;
        for (int i = at + count - 1; i >= at; i--) {
            line[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private void send(ByteBuffer chunk) throws IOException {
        chunk.flip();
        while (chunk.hasRemaining()) {
            fifo.write(chunk);
        }
        chunk.clear();
    }
}
