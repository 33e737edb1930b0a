package dev.rookery.daemon.internal.archive;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A part of a gzip stream, compressed apart from the others but with the end of the one before it as a dictionary. Used by one thread at a time. */
final class GzipBlock {

    static final int BYTES = 256 << 10;
    static final int DICTIONARY = 32 << 10;

    private static final int LEVEL = 6;
    private static final int SAMPLES = 16 << 10;
    /** Bits in a byte of what is compressed or encrypted already: nothing is gained there by work. */
    private static final double DENSE_BITS = 7.93;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final byte[] in = new byte[BYTES];
    private final byte[] dictionary = new byte[DICTIONARY];
    private byte[] out = new byte[BYTES + BYTES / 8];
    private int inBytes;
    private int dictionaryBytes;
    private int outBytes;
    private int crc;

    /** Takes bytes as long as there is room; returns how many. */
    int add(byte[] bytes, int offset, int length) {
        int count = Math.min(length, BYTES - inBytes);
        System.arraycopy(bytes, offset, in, inBytes, count);
        inBytes += count;
        return count;
    }

    boolean full() {
        return inBytes == BYTES;
    }

    /** Begins anew, after another block. */
    void follow(GzipBlock before) {
        dictionaryBytes = Math.min(DICTIONARY, before.inBytes);
        System.arraycopy(before.in, before.inBytes - dictionaryBytes, dictionary, 0, dictionaryBytes);
    }

    void clear() {
        inBytes = 0;
        dictionaryBytes = 0;
    }

    /** Compresses it. */
    GzipBlock pack(boolean last) {
        var checksum = new CRC32();
        checksum.update(in, 0, inBytes);
        crc = (int) checksum.getValue();
        deflater.reset();
        deflater.setLevel(dense() ? Deflater.NO_COMPRESSION : LEVEL);
        if (dictionaryBytes > 0) {
            deflater.setDictionary(dictionary, 0, dictionaryBytes);
        }
        deflater.setInput(in, 0, inBytes);
        if (last) {
            deflater.finish();
        }
        outBytes = 0;
        while (true) {
            int count = deflater.deflate(
                    out, outBytes, out.length - outBytes, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            outBytes += count;
            // A call that only takes a new level over compresses nothing.
            boolean flushed = count > 0 && outBytes < out.length && deflater.getBytesRead() == inBytes;
            if (last ? deflater.finished() : flushed) {
                return this;
            }
            if (outBytes == out.length) {
                out = Arrays.copyOf(out, out.length + BYTES);
            }
        }
    }

    int crc() {
        return crc;
    }

    int inBytes() {
        return inBytes;
    }

    byte[] out() {
        return out;
    }

    int outBytes() {
        return outBytes;
    }

    void end() {
        deflater.end();
    }

    /** Judges by how often each byte comes, in samples from all over. */
    private boolean dense() {
        if (inBytes < BYTES) {
            return false;
        }
        var counts = new int[256];
        int step = BYTES / SAMPLES;
        for (int i = 0; i < BYTES; i += step) {
            counts[in[i] & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / SAMPLES;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits > DENSE_BITS;
    }
}
