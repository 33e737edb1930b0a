package dev.rookery.daemon.internal.store;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that come in pieces, and how far they are. What a method has written when it returns survives a power cut. Thread-safe. */
public final class UploadStore {

    private static final Logger LOG = LoggerFactory.getLogger(UploadStore.class);

    private final Database database;

    UploadStore(Database database) {
        this.database = database;
    }

    /** Returns all of them; a row that makes no sense is left out. */
    public List<Stored> all() {
        return database.transaction(db -> db.query("SELECT * FROM uploads", UploadStore::read)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Adds one. */
    public void add(Stored upload) {
        database.transaction(db -> db.update(
                "INSERT INTO uploads (id, uuid, path, size, arrived, placed, owner, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                upload.id(),
                upload.server().toString(),
                upload.path(),
                upload.sizeBytes(),
                upload.arrivedBytes(),
                upload.placed(),
                upload.owner().orElse(null),
                upload.expires().toEpochMilli()));
    }

    /** Keeps how far one is. */
    public void advance(String id, long arrivedBytes, boolean placed, Instant expires) {
        database.transaction(db -> db.update(
                "UPDATE uploads SET arrived = ?, placed = ?, expires = ? WHERE id = ?",
                arrivedBytes,
                placed,
                expires.toEpochMilli(),
                id));
    }

    /** Forgets one. */
    public void remove(String id) {
        database.transaction(db -> db.update("DELETE FROM uploads WHERE id = ?", id));
    }

    private static Optional<Stored> read(ResultSet row) throws SQLException {
        try {
            return Optional.of(new Stored(
                    row.getString("id"),
                    ServerId.parse(row.getString("uuid")),
                    row.getString("path"),
                    row.getLong("size"),
                    row.getLong("arrived"),
                    row.getBoolean("placed"),
                    Optional.ofNullable(row.getString("owner")),
                    Instant.ofEpochMilli(row.getLong("expires"))));
        } catch (InvalidInputException e) {
            LOG.warn("a stored upload cannot be read, it is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * A file that comes in pieces.
     *
     * @param id which one
     * @param server whose
     * @param path where it will be
     * @param sizeBytes how long it will be
     * @param arrivedBytes how much of it is on the disk
     * @param placed whether it is in its place
     * @param owner the user who began it; empty for the panel
     * @param expires when it is given up
     */
    public record Stored(
            String id,
            ServerId server,
            String path,
            long sizeBytes,
            long arrivedBytes,
            boolean placed,
            Optional<String> owner,
            Instant expires) {

        /** Returns the same upload when it is so far. */
        public Stored at(long nowArrivedBytes, boolean nowPlaced, Instant nowExpires) {
            return new Stored(id, server, path, sizeBytes, nowArrivedBytes, nowPlaced, owner, nowExpires);
        }
    }
}
