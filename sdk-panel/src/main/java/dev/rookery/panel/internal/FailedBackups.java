package dev.rookery.panel.internal;

import dev.rookery.api.ServerId;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.ForgetBackup;
import java.util.List;

/** Keeps the last backups that failed, so that people see why, and no more of them. */
final class FailedBackups {

    /** How many of a server are kept. */
    static final int KEPT = 20;

    private FailedBackups() {}

    /** Returns what makes room for one more. Nothing is left anywhere of those that go. */
    static List<ServerChange> forgetOldest(BackupStore backups, ServerId server) {
        return backups.list(server).stream()
                .filter(backup -> backup.state() == BackupRecord.State.FAILED
                        && !backup.locked()
                        && backup.upload().isEmpty()
                        && backup.checksum().isEmpty())
                .skip(KEPT - 1L)
                .<ServerChange>map(backup -> new ForgetBackup(backup.id()))
                .toList();
    }
}
