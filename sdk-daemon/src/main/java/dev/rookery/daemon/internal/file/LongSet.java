package dev.rookery.daemon.internal.file;

import java.util.Arrays;

/** A set of numbers other than 0 that takes little more memory than they do. Used by one thread. */
final class LongSet {

    private static final int FIRST_PLACES = 64;

    private long[] places = new long[FIRST_PLACES];
    private int size;

    /** Adds a number; returns whether it is new. */
    boolean add(long number) {
        int at = place(places, number);
        if (places[at] == number) {
            return false;
        }
        places[at] = number;
        if (++size * 2 > places.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        var larger = new long[places.length * 2];
        Arrays.stream(places).filter(number -> number != 0).forEach(number -> larger[place(larger, number)] = number);
        places = larger;
    }

    /** Returns where a number is, or would be. */
    private static int place(long[] places, long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        int at = (int) (mixed >>> 32) & places.length - 1;
        while (places[at] != 0 && places[at] != number) {
            at = at + 1 & places.length - 1;
        }
        return at;
    }
}
