package dev.rookery.api.egg;

import dev.rookery.api.InvalidInputException;

/**
 * Bounds the reading of an egg.
 *
 * @param maxBytes the size of the largest file to read; 4 MiB by default
 * @param maxDepth how deep objects and lists may be nested, in the file and in each text that holds JSON; 64 by default
 * @param maxAliases how many aliases a YAML file may have; 50 by default. What they repeat counts as if it were written there
 */
public record EggReaderOptions(int maxBytes, int maxDepth, int maxAliases) {

    private static final EggReaderOptions DEFAULTS = new EggReaderOptions(4 * 1024 * 1024, 64, 50);
    private static final int DEPTH_LIMIT = 500;

    /** Checks its arguments. */
    public EggReaderOptions {
        if (maxBytes < 1) {
            throw new InvalidInputException("maxBytes: " + maxBytes + " (expected: >= 1)");
        }
        if (maxDepth < 1 || maxDepth > DEPTH_LIMIT) {
            throw new InvalidInputException("maxDepth: " + maxDepth + " (expected: 1 to " + DEPTH_LIMIT + ")");
        }
        if (maxAliases < 0) {
            throw new InvalidInputException("maxAliases: " + maxAliases + " (expected: >= 0)");
        }
    }

    /** Returns the defaults. */
    public static EggReaderOptions defaults() {
        return DEFAULTS;
    }
}
