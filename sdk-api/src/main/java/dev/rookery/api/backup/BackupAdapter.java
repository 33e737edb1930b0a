package dev.rookery.api.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a backup is kept. An open set.
 *
 * @param name as on the wire
 */
public record BackupAdapter(@JsonValue String name) {

    /** On the node's own disk. */
    public static final BackupAdapter WINGS = new BackupAdapter("wings");
    /** In an object store; the panel signs the URLs. */
    public static final BackupAdapter S3 = new BackupAdapter("s3");

    /** Checks its argument. */
    @JsonCreator
    public BackupAdapter {
        requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
