package dev.rookery.panel.schedule;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import java.util.List;

/** Begins the backups of schedules, the way the panel makes backups. */
@FunctionalInterface
public interface ScheduledBackups {

    /**
     * Begins a backup, after removing an old one where that is needed to make room. The same id once more changes nothing. Called from many threads.
     *
     * @param id the backup's id, the same each time this task of this run is carried out
     * @param ignoredFiles gitignore patterns of what to leave out
     * @param caller on whose authority
     * @throws dev.rookery.api.RookeryException if it cannot be begun
     */
    void begin(ServerId server, BackupId id, List<String> ignoredFiles, Caller caller);
}
