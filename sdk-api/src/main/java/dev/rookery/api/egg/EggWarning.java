package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

/**
 * Something odd about an egg that came to light when a server was assembled from it.
 *
 * @param path where in the egg, such as {@code config.files}; empty for the egg as a whole
 * @param message what is odd and what was made of it
 */
public record EggWarning(String path, String message) {

    /** Checks its arguments. */
    public EggWarning {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }
}
