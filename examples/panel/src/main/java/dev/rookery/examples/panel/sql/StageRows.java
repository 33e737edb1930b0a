package dev.rookery.examples.panel.sql;

import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** How far engines and others are, within one transaction. */
record StageRows(Handle handle) {

    Optional<StageState> find(String name) {
        return handle.select("SELECT * FROM proxy_stages WHERE name = ?", name)
                .map(StageRows::read)
                .findOne();
    }

    void keep(StageState state) {
        handle.createUpdate("INSERT INTO proxy_stages (name, revision, marker, tried, outcome, said, at, digest)"
                        + " VALUES (:name, :revision, :marker, :tried, :outcome, :said, :at, :digest)"
                        + " ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, marker = excluded.marker,"
                        + " tried = excluded.tried, outcome = excluded.outcome, said = excluded.said,"
                        + " at = excluded.at, digest = excluded.digest")
                .bind("name", state.name())
                .bind("revision", state.revision())
                .bind("marker", state.marker())
                .bind("tried", state.tried())
                .bind("outcome", state.outcome().name())
                // PostgreSQL keeps no text with this character.
                .bind("said", state.said().replace('\0', ' '))
                .bind("at", state.at().toString())
                .bind("digest", state.digest())
                .execute();
    }

    private static StageState read(ResultSet row, StatementContext context) throws SQLException {
        try {
            return new StageState(
                    row.getString("name"),
                    row.getLong("revision"),
                    row.getLong("marker"),
                    row.getLong("tried"),
                    StageState.Outcome.valueOf(row.getString("outcome")),
                    row.getString("said"),
                    Instant.parse(row.getString("at")),
                    row.getString("digest"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new StoreException(
                    Problem.BROKEN, "stage " + row.getString("name") + " cannot be read: " + e.getMessage(), e);
        }
    }
}
