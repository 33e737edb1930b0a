package dev.rookery.api.spi;

import static java.util.Objects.requireNonNull;

/**
 * An image that is about to be used.
 *
 * @param reference its name, such as {@code ghcr.io/games/java:21}; a leading {@code ~} means never to fetch it
 * @param installer whether an install script is to run in it
 */
public record ImageRequest(String reference, boolean installer) {

    /** Checks that it has a name. */
    public ImageRequest {
        requireNonNull(reference, "reference");
    }
}
