package dev.rookery.wings.calagopus;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupUpload;
import java.util.List;
import java.util.UUID;

/**
 * What only a panel of Calagopus takes from its nodes, which run schedules themselves. Immutable and thread-safe. Questions fail fast, reports
 * are repeated as all of {@link dev.rookery.wings.HttpPanel}; the calls that make, move, delete or restore a backup are made once.
 *
 * <p>Source: panel remote API §4, and Calagopus' panel of August 2026 for the members that are not listed there.
 */
public interface CalagopusPanel {

    /** Returns the same panel, asked by a schedule, which its activity log then names. */
    CalagopusPanel onBehalfOf(UUID schedule);

    /** Has the panel register a new backup, which the node then makes. */
    BackupPlace createBackup(ServerId server, NewBackup backup);

    /**
     * Moves a backup to a group.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such backup or group
     */
    BackupId moveBackup(ServerId server, BackupSelection backup, UUID group);

    /**
     * Takes a backup out of its group.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such backup
     */
    BackupId ungroupBackup(ServerId server, BackupSelection backup);

    /**
     * Has the panel delete a backup.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such backup
     * @throws dev.rookery.api.InvalidInputException if it is locked, or made by the panel for itself
     */
    BackupId deleteBackup(ServerId server, BackupSelection backup);

    /**
     * Has the panel prepare the restoring of a backup, which the node then does.
     *
     * @throws dev.rookery.api.NotFoundException if there is no such backup
     */
    RestoreOrder restoreBackup(ServerId server, BackupSelection backup, RestoreWish wish);

    /** Sets a startup variable; the value has at most 4096 characters. */
    void setStartupVariable(ServerId server, String variable, String value);

    /** Sets the startup command, 1 to 1024 characters. */
    void setStartupCommand(ServerId server, String command);

    /** Sets the image, 1 to 255 characters. */
    void setStartupImage(ServerId server, String image);

    /** Reports what became of schedules. */
    void reportSchedules(List<ScheduleOutcome> outcomes);

    /** Reports whether a backup was deleted on the node. */
    void reportDeletion(BackupId backup, boolean successful);

    /**
     * Returns where to upload the next parts of a backup; URLs of late parts are to be asked for late, since they expire.
     *
     * @param fromPart the first part's number, 1 to 10000
     */
    BackupUpload backupParts(BackupId backup, int fromPart);

    /**
     * Returns where restic keeps a backup.
     *
     * @throws dev.rookery.api.InvalidInputException if it is kept otherwise
     */
    ResticRepository restic(BackupId backup);

    /**
     * Returns where kopia keeps a backup.
     *
     * @throws dev.rookery.api.InvalidInputException if it is kept otherwise
     */
    KopiaRepository kopia(BackupId backup);

    /**
     * Returns where Proxmox Backup Server keeps a backup.
     *
     * @throws dev.rookery.api.InvalidInputException if it is kept otherwise
     */
    PbsRepository pbs(BackupId backup);
}
