package dev.rookery.examples.panel.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Eggs in the database, byte for byte as they were imported. Thread-safe. */
public final class EggStore {

    private static final String COLUMNS = "id, uuid, name, author, description, format";

    private final Jdbi jdbi;

    /** Creates the store. */
    public EggStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What lists show of an egg.
     *
     * @param id the row
     * @param uuid the egg's own uuid, or the one it was given
     * @param name its name
     * @param author who wrote it
     * @param description what it is
     * @param format the format of the document, such as {@code PLCN_v3}
     */
    public record EggRow(long id, UUID uuid, String name, String author, String description, String format) {}

    /** Adds an egg. An egg with the same uuid is replaced and keeps its row. */
    public EggRow put(UUID uuid, String name, String author, String description, String format, byte[] document, Instant now) {
        return jdbi.inTransaction(handle -> {
            handle.execute(
                    "INSERT INTO eggs (uuid, name, author, description, format, document, imported_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET name = excluded.name,"
                            + " author = excluded.author, description = excluded.description, format = excluded.format,"
                            + " document = excluded.document, imported_at = excluded.imported_at",
                    uuid.toString(),
                    name,
                    author,
                    description,
                    format,
                    document,
                    now.toEpochMilli());
            return handle.select("SELECT " + COLUMNS + " FROM eggs WHERE uuid = ?", uuid.toString())
                    .map(EggStore::egg)
                    .one();
        });
    }

    /** Returns all eggs by name. */
    public List<EggRow> list() {
        return jdbi.withHandle(handle -> handle.select("SELECT " + COLUMNS + " FROM eggs ORDER BY name, id")
                .map(EggStore::egg)
                .list());
    }

    /** Finds an egg. */
    public Optional<EggRow> find(long id) {
        return jdbi.withHandle(handle -> handle.select("SELECT " + COLUMNS + " FROM eggs WHERE id = ?", id)
                .map(EggStore::egg)
                .findOne());
    }

    /** Finds an egg by its uuid. */
    public Optional<EggRow> find(UUID uuid) {
        return jdbi.withHandle(handle -> handle.select("SELECT " + COLUMNS + " FROM eggs WHERE uuid = ?", uuid.toString())
                .map(EggStore::egg)
                .findOne());
    }

    /** Returns the document of an egg. */
    public Optional<byte[]> document(long id) {
        return jdbi.withHandle(handle -> handle.select("SELECT document FROM eggs WHERE id = ?", id)
                .mapTo(byte[].class)
                .findOne());
    }

    /** Removes an egg; servers keep what they took from it. */
    public void delete(long id) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM eggs WHERE id = ?", id));
    }

    private static EggRow egg(ResultSet row, StatementContext context) throws SQLException {
        return new EggRow(
                row.getLong("id"),
                UUID.fromString(row.getString("uuid")),
                row.getString("name"),
                row.getString("author"),
                row.getString("description"),
                row.getString("format"));
    }
}
