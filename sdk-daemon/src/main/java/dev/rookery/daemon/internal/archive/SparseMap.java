package dev.rookery.daemon.internal.archive;

import java.util.Arrays;

/** Where a file has data; the rest of it is holes. Filled from the beginning to the end, then only read. */
final class SparseMap {

    private long[] numbers = new long[8];
    private int count;

    /** Returns a map of a file without holes. */
    static SparseMap whole(long size) {
        var map = new SparseMap();
        if (size > 0) {
            map.add(0, size);
        }
        return map;
    }

    void add(long offset, long length) {
        if (count * 2 == numbers.length) {
            numbers = Arrays.copyOf(numbers, numbers.length * 2);
        }
        numbers[count * 2] = offset;
        numbers[count * 2 + 1] = length;
        count++;
    }

    /** Returns how many pieces of data there are. */
    int count() {
        return count;
    }

    long offset(int piece) {
        return numbers[piece * 2];
    }

    long length(int piece) {
        return numbers[piece * 2 + 1];
    }

    long end(int piece) {
        return offset(piece) + length(piece);
    }

    long dataBytes() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += length(i);
        }
        return sum;
    }

    /** Checks what an archive says: one after the other, inside of the file, as much as there is. */
    void require(String name, long size, long data) throws ArchiveRefusedException {
        long at = 0;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            if (offset(i) < at || length(i) < 0 || length(i) > size - offset(i)) {
                throw wrong(name);
            }
            at = end(i);
            sum += length(i);
        }
        if (sum != data) {
            throw wrong(name);
        }
    }

    private static ArchiveRefusedException wrong(String name) {
        return new ArchiveRefusedException(Guard.about(name) + "holes that make no sense");
    }
}
