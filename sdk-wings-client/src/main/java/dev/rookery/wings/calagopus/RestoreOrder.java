package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import java.net.URI;
import java.util.Optional;

/**
 * A backup that is to be restored. Source: panel remote API §4.
 *
 * @param id which one
 * @param adapter where it is kept
 * @param downloadUrl where to fetch it; empty if the node has it. A secret, since whoever knows it may read the backup
 */
public record RestoreOrder(
        @JsonProperty("uuid") BackupId id,
        @JsonProperty("adapter") BackupAdapter adapter,
        @JsonProperty("download_url") Optional<URI> downloadUrl) {

    /** Leaves the URL out. */
    @Override
    public String toString() {
        return "RestoreOrder[" + id + ", " + adapter + "]";
    }
}
