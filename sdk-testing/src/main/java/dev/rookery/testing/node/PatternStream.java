package dev.rookery.testing.node;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream of any length whose every byte follows from its position, so that nothing has to be held to check it. */
public final class PatternStream extends InputStream {

    private static final int BUFFER = 64 * 1024;

    private final long length;
    private long position;

    /**
     * Creates the stream.
     *
     * @param length how many bytes it gives
     */
    public PatternStream(long length) {
        this.length = length;
    }

    @Override
    public int read() {
        return position == length ? -1 : Byte.toUnsignedInt(at(position++));
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (position == length) {
            return count == 0 ? 0 : -1;
        }
        int n = (int) Math.min(count, length - position);
        for (int i = 0; i < n; i++) {
            target[offset + i] = at(position + i);
        }
        position += n;
        return n;
    }

    /**
     * Reads a stream to its end and checks every byte.
     *
     * @return how many bytes there were
     * @throws AssertionError at the first wrong byte
     */
    public static long verify(InputStream stream) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long position = 0;
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] != at(position + i)) {
                    throw new AssertionError(
                            "byte " + (position + i) + ": " + buffer[i] + " (expected: " + at(position + i) + ")");
                }
            }
            position += n;
        }
        return position;
    }

    private static byte at(long position) {
        return (byte) (position * 31 + (position >>> 13));
    }
}
