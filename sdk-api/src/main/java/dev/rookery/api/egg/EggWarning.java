package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

/**
 * Something odd about an egg that did not keep it from being used.
 *
 * @param path where in the document, such as {@code config.files}; empty for the document as a whole
 * @param message what is odd and what was made of it
 */
public record EggWarning(String path, String message) {

    /** Checks its arguments. */
    public EggWarning {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
    }
}
