package dev.rookery.daemon.internal.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongConsumer;

/** What comes from elsewhere: counted, bounded, and ended if it only drips. Used by one thread. */
final class SteadyStream extends FilterInputStream {

    /** Who sends less within the time for a stall is as good as silent. */
    private static final long LEAST_BYTES = 4096;

    private final long limitBytes;
    private final long stallNanos;
    private final LongConsumer arrived;
    private long totalBytes;
    private long windowStart = System.nanoTime();
    private long windowBytes;

    /**
     * Creates it.
     *
     * @param limitBytes more is refused
     * @param arrived told of each piece
     */
    SteadyStream(InputStream in, long limitBytes, Duration stall, LongConsumer arrived) {
        super(in);
        this.limitBytes = limitBytes;
        this.stallNanos = stall.toNanos();
        this.arrived = arrived;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
            took(count);
        }
        return count;
    }

    private void took(int count) throws IOException {
        totalBytes += count;
        windowBytes += count;
        if (totalBytes > limitBytes) {
            throw new IOException("more than " + limitBytes + " bytes came");
        }
        long now = System.nanoTime();
        if (now - windowStart > stallNanos) {
            if (windowBytes < LEAST_BYTES) {
                throw new IOException("only " + windowBytes + " bytes came within "
                        + Duration.ofNanos(now - windowStart).toSeconds() + " s");
            }
            windowStart = now;
            windowBytes = 0;
        }
        arrived.accept(count);
    }
}
