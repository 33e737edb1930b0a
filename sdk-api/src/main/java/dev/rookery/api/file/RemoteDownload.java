package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that the node is fetching. Source: node API §2.5.
 *
 * @param id the node's id for it
 * @param progress 0 to 1
 * @param destination where it goes; only Calagopus tells
 * @param totalBytes how long it is; only Calagopus tells
 */
public record RemoteDownload(String id, double progress, Optional<String> destination, OptionalLong totalBytes) {

    /** Checks its arguments. */
    public RemoteDownload {
        requireNonNull(id, "id");
        requireNonNull(destination, "destination");
        requireNonNull(totalBytes, "totalBytes");
        if (!(progress >= 0 && progress <= 1)) {
            throw new InvalidInputException("progress: " + progress + " (expected: 0 to 1)");
        }
    }
}
