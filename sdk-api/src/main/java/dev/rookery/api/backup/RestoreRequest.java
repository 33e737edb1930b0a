package dev.rookery.api.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.net.URI;
import java.util.Optional;

/**
 * How to restore a backup. Source: node API §2.6.
 *
 * @param adapter where it is kept
 * @param truncateDirectory whether all present files of the server go first
 * @param downloadUrl where to fetch it; needed for {@link BackupAdapter#S3}
 */
public record RestoreRequest(
        @JsonProperty("adapter") BackupAdapter adapter,
        @JsonProperty("truncate_directory") boolean truncateDirectory,
        @JsonProperty("download_url") Optional<URI> downloadUrl) {

    /** Checks its arguments. */
    public RestoreRequest {
        requireNonNull(adapter, "adapter");
        downloadUrl = downloadUrl == null ? Optional.empty() : downloadUrl;
        if (adapter.equals(BackupAdapter.S3) && downloadUrl.isEmpty()) {
            throw new InvalidInputException("download_url: missing (expected: a URL, since the adapter is s3)");
        }
    }

    /** Returns the request for a backup on the node's own disk. */
    public static RestoreRequest local(boolean truncateDirectory) {
        return new RestoreRequest(BackupAdapter.WINGS, truncateDirectory, Optional.empty());
    }
}
