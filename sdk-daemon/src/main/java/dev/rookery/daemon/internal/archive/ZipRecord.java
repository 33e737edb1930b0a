package dev.rookery.daemon.internal.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A record of the central directory of a zip.
 *
 * @param name as it stands there
 * @param text the same, understood
 * @param flags what is special about it
 * @param method how it is compressed
 * @param crc of its content
 * @param packedBytes how long it is in the archive
 * @param sizeBytes how long it is
 * @param offset where its own header is
 * @param unixMode its mode on Unix; 0 if that is not said
 * @param modified when it was changed last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
record ZipRecord(
        byte[] name,
        String text,
        int flags,
        int method,
        int crc,
        long packedBytes,
        long sizeBytes,
        long offset,
        int unixMode,
        FileTime modified) {

    static final int FIXED_BYTES = 46;
    static final int SIGNATURE = 0x02014b50;

    private static final int UTF8 = 0x800;
    private static final int ENCRYPTED = 1;
    private static final int UNIX = 3;
    private static final int OSX = 19;
    private static final long NONE32 = 0xffffffffL;
    private static final Charset DOS = Charset.forName("IBM437");

    /**
     * Understands a record.
     *
     * @param fixed its first part
     * @param variable name and extra fields
     */
    static ZipRecord of(ByteBuffer fixed, byte[] variable) {
        int nameLength = fixed.getShort(28) & 0xffff;
        var name = Arrays.copyOf(variable, nameLength);
        int host = fixed.get(5) & 0xff;
        boolean unix = host == UNIX || host == OSX;
        int flags = fixed.getShort(8) & 0xffff;
        var extra = ByteBuffer.wrap(variable, nameLength, variable.length - nameLength)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        var large = field(extra, 0x0001);
        long size = fixed.getInt(24) & NONE32;
        long packed = fixed.getInt(20) & NONE32;
        long offset = fixed.getInt(42) & NONE32;
        size = size == NONE32 && large.remaining() >= 8 ? large.getLong() : size;
        packed = packed == NONE32 && large.remaining() >= 8 ? large.getLong() : packed;
        offset = offset == NONE32 && large.remaining() >= 8 ? large.getLong() : offset;
        return new ZipRecord(
                name,
                text(name, (flags & UTF8) != 0, unix),
                flags,
                fixed.getShort(10) & 0xffff,
                fixed.getInt(16),
                packed,
                size,
                offset,
                unix ? fixed.getInt(38) >>> 16 : 0,
                modified(fixed, extra));
    }

    boolean encrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    private static FileTime modified(ByteBuffer fixed, ByteBuffer extra) {
        var unix = field(extra, 0x5455);
        if (unix.remaining() >= 5 && (unix.get() & 1) != 0) {
            return FileTime.from(unix.getInt(), TimeUnit.SECONDS);
        }
        int time = fixed.getShort(12) & 0xffff;
        int date = fixed.getShort(14) & 0xffff;
        try {
            var local = LocalDateTime.of(
                    1980 + (date >> 9),
                    Math.max(1, date >> 5 & 15),
                    Math.max(1, date & 31),
                    time >> 11,
                    time >> 5 & 63,
                    Math.min(59, (time & 31) * 2));
            return FileTime.from(local.atZone(ZoneId.systemDefault()).toInstant());
        } catch (DateTimeException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Returns an extra field, empty if there is none. */
    private static ByteBuffer field(ByteBuffer extra, int id) {
        int at = 0;
        while (at + 4 <= extra.limit()) {
            int length = extra.getShort(at + 2) & 0xffff;
            if (at + 4 + length > extra.limit()) {
                break;
            }
            if ((extra.getShort(at) & 0xffff) == id) {
                return extra.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
            }
            at += 4 + length;
        }
        return ByteBuffer.allocate(0);
    }

    private static String text(byte[] name, boolean utf8, boolean unix) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            text = utf8 ? new String(name, StandardCharsets.UTF_8) : new String(name, DOS);
        }
        // Windows' own programs write these, whatever the format says.
        return unix ? text : text.replace('\\', '/');
    }
}
