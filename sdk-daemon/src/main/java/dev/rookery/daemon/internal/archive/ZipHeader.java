package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/**
 * What stands before a file in a zip that we write: the fields of APPNOTE 4.3.7, with the extra fields "large" (0x0001), where the file may be
 * that, and "time" (0x5455).
 */
final class ZipHeader {

    static final int FIXED_BYTES = 30;
    static final int SIGNATURE = 0x04034b50;
    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final long NONE32 = 0xffffffffL;

    /** What reads headers has room for this much, twice. No system has longer paths. */
    static final int NAME_MAX = 8192;

    /** Behind the name, if the file may be large. */
    static final int LARGE_BYTES = 20;

    static final short LARGE = 0x0001;
    private static final int TIME = 0x5455;
    private static final int TIME_BYTES = 9;
    private static final int CRC_AT = 14;
    private static final short UTF8 = 0x800;
    static final short VERSION_LARGE = 45;
    private static final short VERSION_USUAL = 20;
    /** Compression can make a file a little longer, and 32 bits have to be enough for that, too. */
    private static final long LARGE_FROM = 4_000_000_000L;

    private ZipHeader() {}

    /** Returns whether 64 bits are kept for what is this long. */
    static boolean large(long sizeBytes) {
        return sizeBytes >= LARGE_FROM;
    }

    /** Returns a header without checksum and lengths. */
    static ByteBuffer bytes(byte[] name, FileTime modified, int method, long sizeBytes) {
        boolean large = large(sizeBytes);
        long seconds = modified.to(TimeUnit.SECONDS);
        boolean timed = seconds == (int) seconds;
        int extra = (large ? LARGE_BYTES : 0) + (timed ? TIME_BYTES : 0);
        var bytes = little(FIXED_BYTES + name.length + extra)
                .putInt(SIGNATURE)
                .putShort(large ? VERSION_LARGE : VERSION_USUAL)
                .putShort(UTF8)
                .putShort((short) method)
                .putInt(dosTime(modified))
                .position(CRC_AT + 12)
                .putShort((short) name.length)
                .putShort((short) extra)
                .put(name);
        if (large) {
            bytes.putShort(LARGE).putShort((short) (LARGE_BYTES - 4)).putLong(0).putLong(0);
        }
        if (timed) {
            bytes.putShort((short) TIME)
                    .putShort((short) (TIME_BYTES - 4))
                    .put((byte) 1)
                    .putInt((int) seconds);
        }
        return bytes.flip();
    }

    /** Puts checksum and lengths into a header that has been written. */
    static void complete(RewrittenOutput out, long at, int nameBytes, int crc, long packedBytes, long sizeBytes)
            throws IOException {
        if (large(sizeBytes)) {
            out.rewrite(
                    at + CRC_AT, little(12).putInt(crc).putInt(-1).putInt(-1).flip());
            out.rewrite(
                    at + FIXED_BYTES + nameBytes + 4,
                    little(16).putLong(sizeBytes).putLong(packedBytes).flip());
        } else {
            var lengths = little(12).putInt(crc).putInt((int) packedBytes).putInt((int) sizeBytes);
            out.rewrite(at + CRC_AT, lengths.flip());
        }
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The time of day in the lower half, and the day in the upper one, as both are at this node; from 1980 to 2107. */
    private static int dosTime(FileTime modified) {
        var local = modified.toInstant().atZone(ZoneId.systemDefault());
        if (local.getYear() < 1980 || local.getYear() > 2107) {
            return 1 << 21 | 1 << 16;
        }
        int day = (local.getYear() - 1980) << 9 | local.getMonthValue() << 5 | local.getDayOfMonth();
        return day << 16 | local.getHour() << 11 | local.getMinute() << 5 | local.getSecond() / 2;
    }
}
