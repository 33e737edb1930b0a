package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/** The first bytes of a file that may be written to meanwhile: as many as it had, with zeros for what was cut off since. */
final class ExactContent extends InputStream {

    private final InputStream in;
    private final LongConsumer progress;
    private final CRC32 crc = new CRC32();
    private long left;

    ExactContent(InputStream in, long size, LongConsumer progress) {
        this.in = in;
        this.left = size;
        this.progress = progress;
    }

    /** Returns the checksum of what was read. */
    long crc() {
        return crc.getValue();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int most = (int) Math.min(length, left);
        if (most == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = in.read(buffer, offset, most);
        if (count < 0) {
            Arrays.fill(buffer, offset, offset + most, (byte) 0);
            count = most;
        }
        crc.update(buffer, offset, count);
        left -= count;
        progress.accept(count);
        return count;
    }
}
