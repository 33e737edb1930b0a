package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.time.Instant;

/**
 * A file that comes in pieces, and may go on after a break. Ours.
 *
 * @param id the node's id for it
 * @param path where the file will be
 * @param sizeBytes how long it will be
 * @param offsetBytes how much of it is on the node's disk, which is where to go on
 * @param expires when it is given up if nothing more comes
 */
public record FileUpload(
        @JsonProperty("id") String id,
        @JsonProperty("path") String path,
        @JsonProperty("size") long sizeBytes,
        @JsonProperty("offset") long offsetBytes,
        @JsonProperty("expires") Instant expires) {

    /** Checks its arguments. */
    public FileUpload {
        requireNonNull(id, "id");
        requireNonNull(path, "path");
        requireNonNull(expires, "expires");
        if (offsetBytes < 0 || offsetBytes > sizeBytes) {
            throw new InvalidInputException("offsetBytes: " + offsetBytes + " (expected: 0 to " + sizeBytes + ")");
        }
    }

    /** Returns whether all of it has come, and the file is in its place. */
    public boolean complete() {
        return offsetBytes == sizeBytes;
    }
}
