package dev.rookery.panel.spi;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import java.util.List;
import java.util.Optional;

/** Backups. They are added and changed by {@link ServerStore#change}, and go with their server. */
public interface BackupStore {

    /** Returns one backup, whatever its node. */
    Optional<BackupRecord> find(BackupId id);

    /** Returns the backups of a server, the newest first. */
    List<BackupRecord> list(ServerId server);
}
