package dev.rookery.api.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A part that was uploaded to an object store. Source: panel remote API §3.9.
 *
 * @param etag what the store answered
 * @param partNumber from 1
 */
public record BackupPart(
        @JsonProperty("etag") String etag,
        @JsonProperty("part_number") int partNumber) {

    /** Checks its argument. */
    public BackupPart {
        requireNonNull(etag, "etag");
    }
}
