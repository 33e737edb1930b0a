package dev.rookery.api.dialect;

import dev.rookery.api.backup.BackupId;

/**
 * How a dialect names the parts of a transfer's body, in the order of the body. Source: node API §2.7.
 *
 * @param checksum the part with the archive's checksum
 * @param backupPrefix what stands before a backup's id; empty if no backups are sent
 * @param backupSuffix what stands behind it
 * @param backupChecksumPrefix what stands before a backup's id in the name of its checksum's part
 * @param backupChecksumSuffix what stands behind it
 * @param installLog the part with the installation's output; empty if it is not sent
 * @param backupType the content type of a backup's part
 */
public record TransferParts(
        String checksum,
        String backupPrefix,
        String backupSuffix,
        String backupChecksumPrefix,
        String backupChecksumSuffix,
        String installLog,
        String backupType) {

    /** The part with the archive, first in every dialect. */
    public static final String ARCHIVE = "archive";

    /** Returns whether backups can be sent. */
    public boolean takesBackups() {
        return !backupPrefix.isEmpty();
    }

    /** Returns whether the output of the installation can be sent. */
    public boolean takesInstallLog() {
        return !installLog.isEmpty();
    }

    /** Returns the name of a backup's part. */
    public String backup(BackupId id) {
        return backupPrefix + id + backupSuffix;
    }

    /** Returns the name of the part with a backup's checksum. */
    public String backupChecksum(BackupId id) {
        return backupChecksumPrefix + id + backupChecksumSuffix;
    }
}
