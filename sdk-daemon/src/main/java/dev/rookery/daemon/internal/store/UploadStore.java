package dev.rookery.daemon.internal.store;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.daemon.internal.file.StoredUpload;
import dev.rookery.daemon.internal.file.UploadJournal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that come in pieces, and how far they are. What a method has written when it returns survives a power cut. Thread-safe. */
public final class UploadStore implements UploadJournal {

    private static final Logger LOG = LoggerFactory.getLogger(UploadStore.class);

    private final Database database;

    UploadStore(Database database) {
        this.database = database;
    }

    @Override
    public List<StoredUpload> all() {
        return database.transaction(db -> db.query("SELECT * FROM uploads", UploadStore::read)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void add(StoredUpload upload) {
        database.transaction(db -> db.update(
                "INSERT INTO uploads (id, uuid, path, size, arrived, placed, replaces, owner, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                upload.id(),
                upload.server().toString(),
                upload.path(),
                upload.sizeBytes(),
                upload.arrivedBytes(),
                upload.placed(),
                upload.replaces().orElse(null),
                upload.owner().orElse(null),
                upload.expires().toEpochMilli()));
    }

    @Override
    public void advance(String id, long arrivedBytes, boolean placed, Instant expires) {
        database.transaction(db -> db.update(
                "UPDATE uploads SET arrived = ?, placed = ?, expires = ? WHERE id = ?",
                arrivedBytes,
                placed,
                expires.toEpochMilli(),
                id));
    }

    @Override
    public void remove(String id) {
        database.transaction(db -> db.update("DELETE FROM uploads WHERE id = ?", id));
    }

    private static Optional<StoredUpload> read(ResultSet row) throws SQLException {
        try {
            return Optional.of(new StoredUpload(
                    row.getString("id"),
                    ServerId.parse(row.getString("uuid")),
                    row.getString("path"),
                    row.getLong("size"),
                    row.getLong("arrived"),
                    row.getBoolean("placed"),
                    Optional.ofNullable(row.getString("replaces")),
                    Optional.ofNullable(row.getString("owner")),
                    Instant.ofEpochMilli(row.getLong("expires"))));
        } catch (InvalidInputException e) {
            LOG.warn("a stored upload cannot be read, it is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
