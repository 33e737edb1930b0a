package dev.rookery.api.configfile;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;

/**
 * The bounds of an editor.
 *
 * @param maxBytes the largest file that is read, and the largest that comes out
 * @param maxDepth how deep values may be nested
 * @param maxValues how many values, elements and lines a file may have
 * @param everyDuplicate whether a key that an INI section has several times is set everywhere, not only where it stands first
 */
@Incubating
public record ConfigFileOptions(int maxBytes, int maxDepth, int maxValues, boolean everyDuplicate) {

    private static final int DEFAULT_BYTES = 8 << 20;
    private static final int DEFAULT_DEPTH = 64;
    private static final int DEFAULT_VALUES = 200_000;

    /** Checks the bounds. */
    public ConfigFileOptions {
        positive("maxBytes", maxBytes);
        positive("maxDepth", maxDepth);
        positive("maxValues", maxValues);
    }

    /** Returns 8 MiB, 64 levels and 200,000 values; of keys that are there twice, the first. */
    public static ConfigFileOptions defaults() {
        return new ConfigFileOptions(DEFAULT_BYTES, DEFAULT_DEPTH, DEFAULT_VALUES, false);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new InvalidInputException(name + ": " + value + " (expected: > 0)");
        }
    }
}
