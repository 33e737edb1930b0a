package dev.rookery.daemon.internal.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip, also several members after one another. Keeps nothing of what their headers say, and goes on in those for a bounded length
 * only. Source: RFC 1952.
 */
final class Gunzip extends InputStream {

    private static final int BUFFER = 64 << 10;
    private static final int TEXT_MAX = 64 << 10;
    private static final int METHOD = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] packed = new byte[BUFFER];
    private int at;
    private int limit;
    private boolean inMember;
    private boolean begun;
    private boolean ended;

    /**
     * Creates it.
     *
     * @param in is closed with this
     */
    Gunzip(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (!ended && length > 0) {
            if (!inMember && !member()) {
                ended = true;
                break;
            }
            int count = inflate(buffer, offset, length);
            if (count > 0) {
                crc.update(buffer, offset, count);
                return count;
            }
        }
        return length == 0 ? 0 : -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] buffer, int offset, int length) throws IOException {
        try {
            int count = inflater.inflate(buffer, offset, length);
            if (count > 0) {
                return count;
            }
        } catch (DataFormatException e) {
            throw new ArchiveRefusedException("archive: damaged: " + e.getMessage(), e);
        }
        if (inflater.finished()) {
            trailer();
        } else if (inflater.needsInput()) {
            require(fill());
            inflater.setInput(packed, 0, limit);
        } else {
            throw new ArchiveRefusedException("archive: damaged: wants a dictionary");
        }
        return 0;
    }

    /** Reads the header of the next member; returns whether there is one. */
    private boolean member() throws IOException {
        if (begun && padding()) {
            return false;
        }
        if (next() != 0x1f || next() != 0x8b || next() != METHOD) {
            throw new ArchiveRefusedException("archive: damaged: something else after what gzip has compressed");
        }
        begun = true;
        int flags = next();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            text();
        }
        if ((flags & COMMENT) != 0) {
            text();
        }
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inflater.reset();
        inflater.setInput(packed, at, limit - at);
        crc.reset();
        inMember = true;
        return true;
    }

    /** Returns whether nothing follows but zeros, which tapes leave. */
    private boolean padding() throws IOException {
        while (at < limit || fill()) {
            if (packed[at] != 0) {
                return false;
            }
            at++;
        }
        return true;
    }

    private void trailer() throws IOException {
        at = limit - inflater.getRemaining();
        long sum = number();
        long length = number();
        if (sum != crc.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ArchiveRefusedException("archive: damaged: its checksum does not fit");
        }
        inMember = false;
    }

    private long number() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void text() throws IOException {
        for (int count = 0; next() != 0; count++) {
            if (count == TEXT_MAX) {
                throw new ArchiveRefusedException(
                        "archive: a header of more than " + TEXT_MAX + " bytes (expected: at most that)");
            }
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private int next() throws IOException {
        require(at < limit || fill());
        return packed[at++] & 0xff;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, in.read(packed, 0, BUFFER));
        return limit > 0;
    }

    private static void require(boolean more) throws EOFException {
        if (!more) {
            throw new EOFException("archive: ends too early");
        }
    }
}
