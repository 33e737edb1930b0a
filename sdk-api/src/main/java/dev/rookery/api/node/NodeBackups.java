package dev.rookery.api.node;

import dev.rookery.api.Content;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.RestoreRequest;

/** The backups of a server. Outcomes reach the panel as reports, and consoles as events. Thread-safe. */
public interface NodeBackups {

    /** Begins a backup and returns at once. Needs {@code backup.create}. */
    void create(BackupRequest request);

    /**
     * Begins to restore a backup. Returns when the node has begun, which for an S3 backup is when its download answers. Needs {@code
     * backup.restore}.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such backup on the node; a Go daemon has emptied the server by then
     */
    void restore(BackupId id, RestoreRequest request);

    /**
     * Deletes a backup from the node's disk. Needs {@code backup.delete}.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such backup
     */
    void delete(BackupId id);

    /** Deletes every backup of the server from the node's disk. Only for the panel itself. */
    void deleteAll();

    /**
     * Opens a backup on the node's disk for reading. Needs {@code backup.download}.
     *
     * @return to be closed by the caller
     * @throws dev.rookery.api.NotFoundException if there is no such backup
     */
    Content read(BackupId id);
}
