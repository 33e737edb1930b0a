package dev.rookery.daemon.internal.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What comes out of a decoder: all of it is counted, also what is only skipped. */
final class Metered extends FilterInputStream {

    private static final int BUFFER = 64 << 10;

    private final Guard guard;

    Metered(InputStream in, Guard guard) {
        super(in);
        this.guard = guard;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            guard.decoded(buffer, offset, count);
        }
        return count;
    }

    /** Reads what is to be skipped: a decoder has the same work with it. */
    @Override
    public long skip(long count) throws IOException {
        var buffer = new byte[(int) Math.min(BUFFER, Math.max(0, count))];
        long left = count;
        while (left > 0) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return count - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
