package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;

/**
 * A search for files by name. Source: node API §2.5.
 *
 * @param directory where to begin
 * @param pattern part of a name, or with {@code *} and {@code ?} a whole one; case does not matter; at least 3 characters
 */
public record FileSearch(String directory, String pattern) {

    /** The shortest pattern that the daemons take. */
    public static final int PATTERN_MIN = 3;

    /** Checks its arguments. */
    public FileSearch {
        requireNonNull(directory, "directory");
        if (requireNonNull(pattern, "pattern").length() < PATTERN_MIN) {
            throw new InvalidInputException(
                    "pattern: '" + pattern + "' (expected: at least " + PATTERN_MIN + " characters)");
        }
    }
}
