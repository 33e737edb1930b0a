package dev.rookery.daemon.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of older versions of the daemon. */
class SchemaTest {

    @TempDir
    Path root;

    @Test
    void aStoreOfTheFirstVersionGoesOn() throws SQLException {
        var id = ServerId.random();
        execute(
                "CREATE TABLE servers (uuid TEXT PRIMARY KEY, configuration TEXT NOT NULL, phase TEXT NOT NULL, next TEXT NOT"
                        + " NULL, epoch INTEGER NOT NULL, killed INTEGER NOT NULL, suspended INTEGER NOT NULL,"
                        + " crash_detection INTEGER NOT NULL, last_crash INTEGER, reinstall INTEGER, start_after INTEGER,"
                        + " container TEXT, console_base INTEGER NOT NULL DEFAULT 0, console_tail TEXT NOT NULL DEFAULT '[]')",
                "CREATE TABLE installs (uuid TEXT PRIMARY KEY, step TEXT NOT NULL, script TEXT, container TEXT, deadline"
                        + " INTEGER NOT NULL)",
                "CREATE TABLE outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL, kind TEXT NOT NULL, payload"
                        + " TEXT NOT NULL)",
                "CREATE INDEX outbox_by_server ON outbox (uuid, kind)",
                "CREATE TABLE marks (name TEXT PRIMARY KEY)",
                "INSERT INTO servers (uuid, configuration, phase, next, epoch, killed, suspended, crash_detection) VALUES ('"
                        + id + "', '" + WireJson.writeText(Rows.configuration(id))
                        + "', 'STOPPING', 'NONE', 7, 0, 0, 1)",
                "PRAGMA user_version = 1");
        var deadline = Instant.ofEpochMilli(1_234);
        try (var store = DaemonStore.open(root)) {
            var server = store.servers().servers().get(0);
            assertThat(server.id()).isEqualTo(id);
            assertThat(server.state().phase()).isEqualTo("STOPPING");
            assertThat(server.state().stopDeadline()).isNull();
            store.keep(
                    id,
                    new StoredStateBuilder()
                            .from(server.state())
                            .stopDeadline(deadline)
                            .build(),
                    List.of());
        }
        try (var store = DaemonStore.open(root)) {
            assertThat(store.servers().servers().get(0).state().stopDeadline()).isEqualTo(deadline);
        }
    }

    @Test
    void aStoreOfANewerVersionIsLeftAlone() throws SQLException {
        execute("PRAGMA user_version = 99");
        assertThatThrownBy(() -> DaemonStore.open(root))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer version (schema 99");
    }

    private void execute(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("rookery.db"));
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }
}
