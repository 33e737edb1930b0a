package dev.rookery.panel.internal.memory;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Backups in memory. */
public final class MemoryBackups implements BackupStore {

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemoryBackups(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<BackupRecord> find(BackupId id) {
        synchronized (tables) {
            return Optional.ofNullable(tables.backups.get(id));
        }
    }

    @Override
    public List<BackupRecord> list(ServerId server) {
        synchronized (tables) {
            return tables.backups.values().stream()
                    .filter(backup -> backup.server().equals(server))
                    .sorted(Comparator.comparing(BackupRecord::createdAt)
                            .reversed()
                            .thenComparing(backup -> backup.id().toString()))
                    .toList();
        }
    }
}
