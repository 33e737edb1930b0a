package dev.rookery.daemon.internal.archive;

/** The CRC-32 of two texts after one another, of those of each. Source: zlib, crc32_combine. */
final class Checksums {

    private static final int POLYNOMIAL = 0xedb88320;
    private static final int ONE = 1 << 31;
    /** x to the power of 2 to the power of the index. */
    private static final int[] POWERS = powers();

    private Checksums() {}

    /**
     * Returns the checksum of both.
     *
     * @param secondBytes how long the second one is
     */
    static int combined(int first, int second, long secondBytes) {
        int power = ONE;
        // Eight bits to a byte.
        long bits = secondBytes;
        for (int i = 3; bits != 0; i++) {
            if ((bits & 1) != 0) {
                power = product(POWERS[i & 31], power);
            }
            bits >>>= 1;
        }
        return product(power, first) ^ second;
    }

    private static int[] powers() {
        var powers = new int[32];
        int power = 1 << 30;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power;
            power = product(power, power);
        }
        return powers;
    }

    /** Multiplies polynomials over two elements, reflected, modulo that of the checksum. */
    private static int product(int a, int b) {
        int result = 0;
        int shifted = b;
        for (int bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                result ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? shifted >>> 1 ^ POLYNOMIAL : shifted >>> 1;
        }
        return result;
    }
}
