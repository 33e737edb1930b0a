package dev.rookery.api.panel;

import dev.rookery.api.CallOptions;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.node.Capability;
import java.util.List;

/**
 * What one node asks of its panel. An instance belongs to one node and sees that node's servers only, by construction: asking for
 * another server throws {@link dev.rookery.api.NotFoundException}.
 *
 * <p>A first implementation needs the three abstract calls besides {@link #with}; reports are dropped until it wants them. Calls
 * block; implementations are thread-safe. Reports may arrive twice and have to be idempotent.
 */
public interface Panel {

    /** Returns the same panel with every call bounded by {@code options}. */
    Panel with(CallOptions options);

    /**
     * Returns one page of the node's servers, ordered by uuid.
     *
     * @param page from 1
     * @param perPage how many at most, at least 1
     */
    ServerPage servers(int page, int perPage);

    /** Returns how to run one server. */
    ServerConfiguration configuration(ServerId server);

    /** Returns how to install one server. */
    InstallScript installScript(ServerId server);

    /** Takes the outcome of an installation. */
    default void reportInstall(ServerId server, InstallReport report) {}

    /** Takes a change of the power state; the latest one wins. */
    default void reportState(ServerId server, StateChange change) {}

    /** Takes the news that the node has restarted. */
    default void reset() {}

    /**
     * Takes the outcome of moving a server. Only the destination reports success; both sides may report failure.
     *
     * @throws dev.rookery.api.ConflictException if the server is not being moved
     */
    default void reportTransfer(ServerId server, boolean successful) {}

    /**
     * Returns where to upload a backup.
     *
     * @param sizeBytes the size of the whole archive
     * @throws dev.rookery.api.ConflictException if the backup is complete already
     */
    default BackupUpload backupUpload(BackupId backup, long sizeBytes) {
        throw new NotOfferedException(Capability.BACKUPS);
    }

    /**
     * Takes the outcome of a backup.
     *
     * @throws dev.rookery.api.NotFoundException if the panel does not know the backup: the node deletes the archive then
     */
    default void reportBackup(BackupId backup, BackupReport report) {}

    /** Takes the outcome of restoring a backup. */
    default void reportRestore(BackupId backup, boolean successful) {}

    /**
     * Lets someone log in over SFTP, or not.
     *
     * @throws dev.rookery.api.DeniedException if name or secret are wrong, or the user may not
     * @throws dev.rookery.api.ConflictException if the server is in a state in which nobody may
     */
    default SftpAuthority authorizeSftp(SftpLogin login) {
        throw new DeniedException("this panel lets nobody log in over SFTP");
    }

    /**
     * Takes what happened on the node, oldest first. What the panel cannot use of it is dropped without a failure.
     *
     * @param entries at most a few hundred
     */
    default void reportActivity(List<ActivityEntry> entries) {}
}
