package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Where the central directory of a zip is.
 *
 * @param offset where it begins
 * @param sizeBytes how long it is
 * @param entries how many entries are said to be in it
 */
record ZipDirectory(long offset, long sizeBytes, long entries) {

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64 = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int COMMENT_MAX = 65_535;
    private static final long NONE32 = 0xffffffffL;

    /** Finds it. */
    static ZipDirectory find(FileChannel channel) throws IOException {
        long size = channel.size();
        int tail = (int) Math.min(size, END_BYTES + COMMENT_MAX);
        var bytes = read(channel, size - tail, tail);
        for (int at = tail - END_BYTES; at >= 0; at--) {
            if (bytes.getInt(at) == END && (bytes.getShort(at + 20) & 0xffff) <= tail - at - END_BYTES) {
                var found = new ZipDirectory(
                        bytes.getInt(at + 16) & NONE32,
                        bytes.getInt(at + 12) & NONE32,
                        bytes.getShort(at + 10) & 0xffff);
                return found.large(channel, size - tail + at).checked(size);
            }
        }
        throw new ArchiveRefusedException("archive: no central directory (expected: a whole zip)");
    }

    static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (at < 0 || some(channel, buffer, at + buffer.position()) < 0) {
                throw new ArchiveRefusedException("archive: ends too early");
            }
        }
        return buffer.flip();
    }

    private static int some(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        try {
            return channel.read(buffer, at);
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    private ZipDirectory large(FileChannel channel, long end) throws IOException {
        if (end < LOCATOR_BYTES) {
            return this;
        }
        var locator = read(channel, end - LOCATOR_BYTES, LOCATOR_BYTES);
        if (locator.getInt(0) != LOCATOR) {
            return this;
        }
        var record = read(channel, locator.getLong(8), END64_BYTES);
        if (record.getInt(0) != END64) {
            throw new ArchiveRefusedException("archive: its end makes no sense");
        }
        return new ZipDirectory(record.getLong(48), record.getLong(40), record.getLong(32));
    }

    private ZipDirectory checked(long size) throws ArchiveRefusedException {
        if (offset < 0 || sizeBytes < 0 || entries < 0 || sizeBytes > size || offset > size - sizeBytes) {
            throw new ArchiveRefusedException("archive: its central directory is not inside of it");
        }
        return this;
    }
}
