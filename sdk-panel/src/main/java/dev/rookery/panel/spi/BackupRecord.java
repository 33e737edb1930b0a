package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupPart;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A backup of a server. A store may keep it as one document, which JSON's names are for.
 *
 * @param id panel and node know it by this
 * @param server whose files it has
 * @param name what people call it
 * @param adapter where it is kept
 * @param ignoredFiles gitignore patterns of what was left out
 * @param state how far it is
 * @param reason why it failed, for people; empty otherwise
 * @param upload the upload in parts that was begun for it in an object store; empty if none was
 * @param parts what the node uploaded, until the object store has put it together
 * @param checksum algorithm and digest, such as {@code sha1:da39...}; empty as long as it is not complete
 * @param sizeBytes the size of the archive, 0 as long as it is not complete
 * @param createdAt when it was asked for
 * @param endedAt when it was complete or had failed; empty before
 * @param locked whether it is kept until somebody unlocks it; it goes with its server nevertheless
 */
@Value.Builder
public record BackupRecord(
        @JsonProperty("id") BackupId id,
        @JsonProperty("server") ServerId server,
        @JsonProperty("name") String name,
        @JsonProperty("adapter") BackupAdapter adapter,
        @JsonProperty("ignored_files") List<String> ignoredFiles,
        @JsonProperty("state") State state,
        @JsonProperty("reason") Optional<String> reason,
        @JsonProperty("upload") Optional<String> upload,
        @JsonProperty("parts") List<BackupPart> parts,
        @JsonProperty("checksum") String checksum,
        @JsonProperty("size") long sizeBytes,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("ended_at") Optional<Instant> endedAt,
        @JsonProperty("locked") boolean locked) {

    /** Checks its arguments. */
    public BackupRecord {
        requireNonNull(id, "id");
        requireNonNull(server, "server");
        requireNonNull(name, "name");
        requireNonNull(adapter, "adapter");
        requireNonNull(state, "state");
        requireNonNull(checksum, "checksum");
        requireNonNull(createdAt, "createdAt");
        ignoredFiles = List.copyOf(ignoredFiles);
        parts = List.copyOf(parts);
        reason = reason == null ? Optional.empty() : reason;
        upload = upload == null ? Optional.empty() : upload;
        endedAt = endedAt == null ? Optional.empty() : endedAt;
    }

    /** Returns a builder that begins with a backup that is being made and of which nothing is known yet. */
    public static BackupRecordBuilder builder() {
        return new BackupRecordBuilder()
                .name("")
                .state(State.RUNNING)
                .checksum("")
                .sizeBytes(0)
                .locked(false);
    }

    /** Returns the key of the archive in an object store: {@code <server>/<backup>.tar.gz}. */
    public String objectKey() {
        return server + "/" + id + ".tar.gz";
    }

    /** Returns whether it is kept in an object store. */
    public boolean remote() {
        return adapter.equals(BackupAdapter.S3);
    }

    /** How far a backup is. */
    public enum State {
        /** The node has been asked for it, or will be. */
        RUNNING,
        /** The node has uploaded its parts; the object store still has to put them together. */
        UPLOADED,
        /** It can be restored. */
        COMPLETE,
        /** It cannot be restored. */
        FAILED,
        /** It will disappear. */
        DELETING
    }
}
