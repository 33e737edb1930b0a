package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Eggs in the database. */
final class SqlEggs implements EggStore {

    private final Jdbi jdbi;

    SqlEggs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public EggRecord add(NewEgg egg) {
        return jdbi.inTransaction(handle -> {
            if (Rows.exists(handle, "SELECT 1 FROM eggs WHERE uuid = ?", egg.uuid())) {
                throw exists(egg);
            }
            long id = handle.createUpdate(
                            "INSERT INTO eggs (uuid, name, author, description, format, document, created_at)"
                                    + " VALUES (:uuid, :name, :author, :description, :format, :document, :createdAt)")
                    .bind("uuid", egg.uuid())
                    .bind("name", egg.name())
                    .bind("author", egg.author())
                    .bind("description", egg.description())
                    .bind("format", egg.format())
                    .bind("document", egg.document())
                    .bind("createdAt", egg.createdAt().toEpochMilli())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            return handle.select("SELECT * FROM eggs WHERE id = ?", id)
                    .map(SqlEggs::egg)
                    .one();
        });
    }

    @Override
    public EggRecord replace(long id, NewEgg egg) {
        return jdbi.inTransaction(handle -> {
            if (!Rows.exists(handle, "SELECT 1 FROM eggs WHERE id = ?", id)) {
                throw Rows.eggNotFound(id);
            }
            if (Rows.exists(handle, "SELECT 1 FROM eggs WHERE uuid = ? AND id <> ?", egg.uuid(), id)) {
                throw exists(egg);
            }
            handle.createUpdate("UPDATE eggs SET uuid = :uuid, name = :name, author = :author,"
                            + " description = :description, format = :format, document = :document WHERE id = :id")
                    .bind("uuid", egg.uuid())
                    .bind("name", egg.name())
                    .bind("author", egg.author())
                    .bind("description", egg.description())
                    .bind("format", egg.format())
                    .bind("document", egg.document())
                    .bind("id", id)
                    .execute();
            return handle.select("SELECT * FROM eggs WHERE id = ?", id)
                    .map(SqlEggs::egg)
                    .one();
        });
    }

    private static PanelException exists(NewEgg egg) {
        return new PanelException(
                Problem.EGG_EXISTS,
                "the egg " + egg.uuid() + " was imported before",
                Map.of("uuid", egg.uuid(), "name", egg.name()));
    }

    @Override
    public Optional<EggRecord> find(long id) {
        return jdbi.withHandle(handle -> handle.select("SELECT * FROM eggs WHERE id = ?", id)
                .map(SqlEggs::egg)
                .findOne());
    }

    @Override
    public List<EggRecord> list() {
        return jdbi.withHandle(handle -> handle.select("SELECT * FROM eggs ORDER BY id")
                .map(SqlEggs::egg)
                .list());
    }

    @Override
    public void delete(long id) {
        jdbi.useTransaction(handle -> {
            if (Rows.exists(handle, "SELECT 1 FROM servers WHERE egg_id = ?", id)) {
                throw new PanelException(
                        Problem.EGG_IN_USE,
                        "servers are made from egg " + id + " (expected: none; delete them first)",
                        Map.of("eggId", Long.toString(id)));
            }
            if (handle.execute("DELETE FROM eggs WHERE id = ?", id) == 0) {
                throw Rows.eggNotFound(id);
            }
        });
    }

    private static EggRecord egg(ResultSet row, StatementContext context) throws SQLException {
        return new EggRecord(
                row.getLong("id"),
                row.getString("uuid"),
                row.getString("name"),
                row.getString("author"),
                row.getString("description"),
                row.getString("format"),
                row.getString("document"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
