package dev.rookery.daemon.internal.archive;

import dev.rookery.daemon.internal.file.NameBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * One header of a tar. Source: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
 *
 * @param type which kind of entry, or of header
 * @param name with the part that ustar keeps apart
 * @param target of a link
 * @param bytes all of it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and changed by nobody
record TarHeader(char type, String name, String target, byte[] bytes) {

    static final int BYTES = 512;
    /** Pairs of offset and length in a header of an old sparse file, and in each record after it. */
    static final int PIECES_AT = 386;

    static final int PIECES = 4;
    static final int MORE_PIECES = 21;
    static final int MORE_AT = 482;
    static final int MORE_MORE_AT = 504;

    private static final int NUMBER = 12;
    private static final int CHECKSUM_BEGIN = 148;
    private static final int CHECKSUM_END = 156;

    /** Understands a record. */
    static TarHeader of(byte[] bytes) throws ArchiveRefusedException {
        if (!is(bytes)) {
            throw PaxRecords.wrong();
        }
        var name = text(bytes, 0, 100);
        boolean ustar = new String(bytes, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
        var prefix = ustar ? text(bytes, 345, 155) : "";
        return new TarHeader(
                (char) (bytes[156] & 0xff),
                prefix.isEmpty() ? name : prefix + "/" + name,
                text(bytes, 157, 100),
                bytes);
    }

    /** Returns whether it is one: its checksum is the sum of its bytes, with spaces for itself. */
    static boolean is(byte[] bytes) {
        if (bytes.length < BYTES) {
            return false;
        }
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BYTES; i++) {
            byte b = i >= CHECKSUM_BEGIN && i < CHECKSUM_END ? (byte) ' ' : bytes[i];
            unsigned += b & 0xff;
            signed += b;
        }
        long said = octal(bytes, CHECKSUM_BEGIN, CHECKSUM_END - CHECKSUM_BEGIN);
        return !empty(bytes) && (said == unsigned || said == signed);
    }

    static boolean empty(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    long sizeBytes() throws ArchiveRefusedException {
        return number(bytes, 124);
    }

    int mode() {
        return (int) Math.max(0, octal(bytes, 100, 8));
    }

    FileTime modified() {
        return FileTime.from(signed(bytes, 136), TimeUnit.SECONDS);
    }

    /** Returns how long an old sparse file is with its holes. */
    long realBytes() throws ArchiveRefusedException {
        return number(bytes, 483);
    }

    /** Returns a length or an offset. */
    static long number(byte[] bytes, int at) throws ArchiveRefusedException {
        long value = signed(bytes, at);
        if (value < 0) {
            throw PaxRecords.wrong();
        }
        return value;
    }

    private static long signed(byte[] bytes, int at) {
        if ((bytes[at] & 0x80) == 0) {
            return Math.max(0, octal(bytes, at, NUMBER));
        }
        // Base 256: the first bit says so, the second one is the sign.
        long value = (bytes[at] & 0x40) == 0 ? 0 : -1;
        for (int i = at + NUMBER - Long.BYTES; i < at + NUMBER; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        boolean fits = true;
        for (int i = at; i < at + NUMBER - Long.BYTES; i++) {
            int expected = i == at ? ((bytes[at] & 0x40) == 0 ? 0x80 : 0xff) : (bytes[at] & 0x40) == 0 ? 0 : 0xff;
            fits &= (bytes[i] & 0xff) == expected;
        }
        return fits ? value : -1;
    }

    /** Returns a number; -1 if there is none. */
    private static long octal(byte[] bytes, int at, int length) {
        long value = -1;
        for (int i = at; i < at + length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '7') {
                value = Math.max(0, value) * 8 + bytes[i] - '0';
            } else if (value >= 0) {
                break;
            }
        }
        return value;
    }

    private static String text(byte[] bytes, int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return NameBytes.text(Arrays.copyOfRange(bytes, at, end));
    }
}
