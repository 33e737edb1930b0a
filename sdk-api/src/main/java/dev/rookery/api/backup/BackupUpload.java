package dev.rookery.api.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where to upload the parts of a backup. Source: panel remote API §3.9.
 *
 * @param parts one signed URL per part, in order; secrets, since whoever knows one may write there
 * @param partSizeBytes the size of each part but the last
 * @param maxConcurrentUploads how many parts at a time; only Pelican's panel says so
 */
public record BackupUpload(
        @JsonProperty("parts") List<URI> parts,
        @JsonProperty("part_size") long partSizeBytes,
        @JsonProperty("max_concurrent_uploads") OptionalInt maxConcurrentUploads) {

    /** Checks its arguments. */
    public BackupUpload {
        parts = List.copyOf(parts);
        maxConcurrentUploads = maxConcurrentUploads == null ? OptionalInt.empty() : maxConcurrentUploads;
        if (partSizeBytes < 1) {
            throw new InvalidInputException("part_size: " + partSizeBytes + " (expected: >= 1)");
        }
    }

    /** Names the size only: the URLs are secrets. */
    @Override
    public String toString() {
        return "BackupUpload[" + parts.size() + " parts of " + partSizeBytes + " bytes]";
    }
}
