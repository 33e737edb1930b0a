package dev.rookery.api.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;

/**
 * An image that is about to be used.
 *
 * @param reference its name, such as {@code ghcr.io/games/java:21}; a leading {@code ~} means never to fetch it
 * @param installer whether an install script is to run in it
 */
public record ImageRequest(String reference, boolean installer) {

    private static final int MAX_LENGTH = 1024;
    private static final int SHOWN = 80;

    /** Checks that it has a name that an image could have. */
    public ImageRequest {
        requireNonNull(reference, "reference");
        var name = reference.startsWith("~") ? reference.substring(1) : reference;
        if (name.isEmpty()
                || name.startsWith("-")
                || reference.length() > MAX_LENGTH
                || name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            var shown = reference.length() > SHOWN ? reference.substring(0, SHOWN) + "..." : reference;
            throw new InvalidInputException("image: '" + shown.replaceAll("\\p{Cntrl}", "?")
                    + "' (expected: the name of an image, such as ghcr.io/games/java:21)");
        }
    }
}
