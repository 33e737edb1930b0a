package dev.rookery.examples.panel.sql;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupStore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Backups in the database. */
final class SqlBackups implements BackupStore {

    private final Jdbi jdbi;

    SqlBackups(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<BackupRecord> find(BackupId id) {
        return jdbi.withHandle(handle -> handle.select("SELECT document FROM backups WHERE id = ?", id.toString())
                .mapTo(String.class)
                .findOne()
                .map(SqlBackups::read));
    }

    @Override
    public List<BackupRecord> list(ServerId server) {
        return jdbi.withHandle(handle -> handle
                .select(
                        "SELECT document FROM backups WHERE server_uuid = ? ORDER BY created_at DESC, id",
                        server.toString())
                .mapTo(String.class)
                .stream()
                .map(SqlBackups::read)
                .toList());
    }

    static void keep(Handle handle, BackupRecord backup) {
        handle.createUpdate("INSERT INTO backups (id, server_uuid, created_at, document)"
                        + " VALUES (:id, :server, :createdAt, :document)"
                        + " ON CONFLICT (id) DO UPDATE SET document = excluded.document")
                .bind("id", backup.id().toString())
                .bind("server", backup.server().toString())
                .bind("createdAt", backup.createdAt().toEpochMilli())
                .bind("document", WireJson.writeText(backup))
                .execute();
    }

    private static BackupRecord read(String document) {
        return WireJson.read(document, BackupRecord.class);
    }
}
