package dev.rookery.daemon.internal.archive;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Where the header of a 7z is, which says of all files and stands compressed as a rule. It is looked at before the decoder gets it, which takes
 * as much memory for it as it is said to be long. Source: 7z format description of the LZMA SDK, 7zFormat.txt.
 *
 * @param at where it begins
 * @param sizeBytes how long it is
 * @param packedAt where its compressed form is
 * @param packedBytes how long that is; 0 if it is not compressed
 */
record SevenZipHeader(long at, long sizeBytes, long packedAt, long packedBytes) {

    static final int START_BYTES = 32;
    /** Some 80,000 files. */
    static final int MAX_BYTES = 8 << 20;

    private static final int END = 0;
    private static final int PACK_INFO = 6;
    private static final int UNPACK_INFO = 7;
    private static final int SIZE = 9;
    private static final int FOLDER = 11;
    private static final int UNPACK_SIZE = 12;
    private static final int ENCODED = 0x17;
    private static final int CODERS_MAX = 4;

    /**
     * Finds it.
     *
     * @param start the first bytes of the archive
     * @param all how long that is
     */
    static SevenZipHeader find(ByteBuffer start, long all) throws ArchiveRefusedException {
        long offset = start.getLong(12);
        long size = start.getLong(20);
        if (offset < 0 || size < 0 || size > all || offset > all - START_BYTES - size) {
            throw wrong();
        }
        require(size);
        return new SevenZipHeader(START_BYTES + offset, size, 0, 0);
    }

    /**
     * Looks into it.
     *
     * @param bytes its own
     * @param all how long the archive is
     */
    SevenZipHeader read(ByteBuffer bytes, long all) throws ArchiveRefusedException {
        try {
            return sizeBytes > 0 && (bytes.get() & 0xff) == ENCODED ? encoded(bytes, all) : this;
        } catch (BufferUnderflowException e) {
            throw new ArchiveRefusedException("archive: its header makes no sense", e);
        }
    }

    private SevenZipHeader encoded(ByteBuffer bytes, long all) throws ArchiveRefusedException {
        expect(bytes, PACK_INFO);
        long packed = START_BYTES + number(bytes);
        expect(bytes, 1);
        expect(bytes, SIZE);
        long length = number(bytes);
        require(length);
        if (packed < START_BYTES || packed > all - length) {
            throw wrong();
        }
        while (number(bytes) != END) {
            skipDigest(bytes);
        }
        expect(bytes, UNPACK_INFO);
        expect(bytes, FOLDER);
        expect(bytes, 1);
        expect(bytes, 0);
        int coders = coders(bytes);
        expect(bytes, UNPACK_SIZE);
        for (int i = 0; i < coders; i++) {
            require(number(bytes));
        }
        return new SevenZipHeader(at, sizeBytes, packed, length);
    }

    private static int coders(ByteBuffer bytes) throws ArchiveRefusedException {
        long coders = number(bytes);
        if (coders < 1 || coders > CODERS_MAX) {
            throw wrong();
        }
        for (int i = 0; i < coders; i++) {
            int flags = bytes.get() & 0xff;
            skip(bytes, flags & 0xf);
            if ((flags & 0x10) != 0) {
                expect(bytes, 1);
                expect(bytes, 1);
            }
            if ((flags & 0x20) != 0) {
                skip(bytes, number(bytes));
            }
        }
        for (long i = 0; i < 2 * (coders - 1); i++) {
            number(bytes);
        }
        return (int) coders;
    }

    /** One digest at most, of the one packed stream. */
    private static void skipDigest(ByteBuffer bytes) {
        if (bytes.get() != 0) {
            bytes.getInt();
        }
    }

    private static void skip(ByteBuffer bytes, long count) throws ArchiveRefusedException {
        if (count < 0 || count > bytes.remaining()) {
            throw wrong();
        }
        bytes.position(bytes.position() + (int) count);
    }

    private static void expect(ByteBuffer bytes, int value) throws ArchiveRefusedException {
        if (number(bytes) != value) {
            throw wrong();
        }
    }

    /** Reads a number: as many bits of the first byte as are set say how many bytes follow it, the lowest one first. */
    private static long number(ByteBuffer bytes) {
        int first = bytes.get() & 0xff;
        int mask = 0x80;
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            if ((first & mask) == 0) {
                return value | ((long) (first & (mask - 1)) << (8 * i));
            }
            value |= (bytes.get() & 0xffL) << (8 * i);
            mask >>= 1;
        }
        return value;
    }

    private static void require(long bytes) throws ArchiveRefusedException {
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new ArchiveRefusedException("archive: a header of " + bytes + " bytes (expected: at most " + MAX_BYTES
                    + ", which is enough for some 80,000 files)");
        }
    }

    private static ArchiveRefusedException wrong() {
        return new ArchiveRefusedException("archive: its header makes no sense");
    }
}
