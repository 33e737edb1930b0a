package dev.rookery.examples.load.measure;

/** Counts durations in classes of about a hundredth of their size. Not thread-safe. */
final class Histogram {

    private static final int BITS = 7;
    private static final int STEPS = 1 << BITS;

    private final long[] counts = new long[STEPS * (Long.SIZE - BITS + 1)];
    private long total;
    private long max;

    /** Counts a value; what is below zero counts as zero. */
    void add(long value) {
        long counted = Math.max(0, value);
        counts[index(counted)]++;
        total++;
        max = Math.max(max, counted);
    }

    long total() {
        return total;
    }

    /** Returns a value that {@code share} of all do not exceed, up to a hundredth. */
    long quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(max, highest(i));
            }
        }
        return max;
    }

    long max() {
        return max;
    }

    private static int index(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - BITS;
        // The leading bit stands for the row, the others for the place in it.
        return shift * STEPS + (int) (value >>> shift);
    }

    private static long highest(int index) {
        int shift = index / STEPS;
        return shift == 0 ? index : (((long) (index % STEPS) + 1) << shift) - 1;
    }
}
