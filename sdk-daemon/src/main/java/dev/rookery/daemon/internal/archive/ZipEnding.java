package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the end of a zip: its central directory, made of the headers that stand before the files. They are read again for that, so that nobody
 * had to keep them. Source: APPNOTE 4.3.12 to 4.3.16.
 */
final class ZipEnding {

    private static final short MADE_BY_UNIX = 3 << 8 | 45;
    private static final int LOCATOR = 0x07064b50;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int END64 = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int LOCATOR_BYTES = 20;
    private static final int DOS_DIRECTORY = 0x10;
    private static final int MANY = 0xffff;
    private static final int AHEAD = 2 * ZipHeader.NAME_MAX;

    private final RewrittenOutput out;
    private final ByteBuffer ahead = ZipHeader.little(AHEAD).limit(0);
    private long aheadAt;

    private ZipEnding(RewrittenOutput out) {
        this.out = out;
    }

    /**
     * Writes it after all files, and flushes it.
     *
     * @param modes 16 bits for each file, the higher ones first
     */
    static void write(RewrittenOutput out, byte[] modes) throws IOException {
        out.flush();
        long begin = out.position();
        new ZipEnding(out).directory(modes);
        out.write(end(modes.length / 2, begin, out.position()));
        out.flush();
    }

    private void directory(byte[] modes) throws IOException {
        long at = 0;
        for (int i = 0; i < modes.length; i += 2) {
            at = record(at, (modes[i] & 0xff) << 8 | (modes[i + 1] & 0xff));
        }
    }

    /** Writes the record of the file whose header is there, and returns where the next header is. */
    private long record(long at, int mode) throws IOException {
        var fixed = look(at, ZipHeader.FIXED_BYTES);
        int nameBytes = fixed.getShort(26) & MANY;
        int headerBytes = ZipHeader.FIXED_BYTES + nameBytes + (fixed.getShort(28) & MANY);
        var header = look(at, headerBytes);
        var name = header.slice(ZipHeader.FIXED_BYTES, nameBytes);
        int extraAt = ZipHeader.FIXED_BYTES + nameBytes;
        boolean large = header.getInt(18) == -1;
        long packedBytes = large ? header.getLong(extraAt + 12) : header.getInt(18) & ZipHeader.NONE32;
        boolean far = at >= ZipHeader.NONE32;
        int otherAt = extraAt + (large ? ZipHeader.LARGE_BYTES : 0);
        var other = header.slice(otherAt, headerBytes - otherAt);
        var lengths = large ? header.slice(extraAt + 4, 16) : ZipHeader.little(0);
        var extra = extra(lengths, far ? ZipHeader.little(8).putLong(at).flip() : ZipHeader.little(0), other);
        boolean directory = name.get(nameBytes - 1) == '/';
        // From its flags to the length of its name, a record is as the header is.
        var record = ZipHeader.little(ZipRecord.FIXED_BYTES)
                .putInt(ZipRecord.SIGNATURE)
                .putShort(MADE_BY_UNIX)
                .putShort(far ? ZipHeader.VERSION_LARGE : header.getShort(4))
                .put(header.slice(6, 22))
                .putShort((short) extra.remaining())
                .putShort((short) 0)
                .putInt(0)
                .putInt(mode << 16 | (directory ? DOS_DIRECTORY : 0))
                .putInt(far ? -1 : (int) at);
        out.write(record.flip());
        out.write(name);
        out.write(extra);
        return at + headerBytes + packedBytes;
    }

    /** What is too large for 32 bits stands in front of all other extra fields. */
    private static ByteBuffer extra(ByteBuffer lengths, ByteBuffer place, ByteBuffer other) {
        int large = lengths.remaining() + place.remaining();
        var extra = ZipHeader.little((large == 0 ? 0 : 4 + large) + other.remaining());
        if (large > 0) {
            extra.putShort(ZipHeader.LARGE).putShort((short) large).put(lengths).put(place);
        }
        return extra.put(other).flip();
    }

    private static ByteBuffer end(int entries, long begin, long end) {
        long length = end - begin;
        boolean large = entries >= MANY || end >= ZipHeader.NONE32;
        var bytes = ZipHeader.little((large ? END64_BYTES + LOCATOR_BYTES : 0) + END_BYTES);
        if (large) {
            bytes.putInt(END64).putLong(END64_BYTES - 12);
            bytes.putShort(MADE_BY_UNIX).putShort(ZipHeader.VERSION_LARGE).putLong(0);
            bytes.putLong(entries).putLong(entries).putLong(length).putLong(begin);
            bytes.putInt(LOCATOR).putInt(0).putLong(end).putInt(1);
        }
        short count = (short) Math.min(entries, MANY);
        bytes.putInt(END).putInt(0).putShort(count).putShort(count);
        bytes.putInt((int) Math.min(length, ZipHeader.NONE32)).putInt((int) Math.min(begin, ZipHeader.NONE32));
        return bytes.putShort((short) 0).flip();
    }

    /** Returns this many bytes from there on, at most as many as are read ahead. */
    private ByteBuffer look(long at, int length) throws IOException {
        if (at < aheadAt || at + length > aheadAt + ahead.limit()) {
            out.read(at, ahead.clear());
            ahead.flip();
            aheadAt = at;
        }
        return ahead.slice((int) (at - aheadAt), length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
