package dev.rookery.examples.panel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two databases must agree on besides the store, and how one is reached. */
class DatabaseTest {

    private static final String SERVER = "5b9c0d4e-77d0-4b1c-8d58-1a2b3c4d5e6f";

    @TempDir
    Path directory;

    @Test
    void accountsInSqlite() {
        try (var database = Database.open(directory)) {
            assertAccounts(new AccountStore(database.jdbi()));
        }
    }

    @Test
    @Tag("postgres")
    void accountsInPostgres() {
        assertAccounts(new AccountStore(PostgresCluster.emptied().jdbi()));
    }

    @Test
    void schedulesThatCannotBeReadLeaveTheOthersTheirTimesInSqlite() {
        try (var database = Database.open(directory)) {
            assertUnreadableSchedulesRest(database);
        }
    }

    @Test
    @Tag("postgres")
    void schedulesThatCannotBeReadLeaveTheOthersTheirTimesInPostgres() {
        assertUnreadableSchedulesRest(PostgresCluster.emptied());
    }

    /** Such as after going back to an older version, or to tables of time zones that lack one. */
    private static void assertUnreadableSchedulesRest(Database database) {
        var store = new SqlPanelStore(database);
        var jdbi = database.jdbi();
        var now = Instant.parse("2026-03-01T12:00:00Z");
        jdbi.useHandle(handle -> {
            handle.execute("INSERT INTO nodes (uuid, name, name_key, url, token_id, token, created_at)"
                    + " VALUES ('n', 'n', 'n', 'http://n', 'n', 'n', 0)");
            handle.execute("INSERT INTO eggs (uuid, name, author, description, format, document, created_at)"
                    + " VALUES ('e', 'e', '', '', 'PTDL_v2', '{}', 0)");
            handle.execute(
                    "INSERT INTO servers (uuid, node_id, owner, name, name_key, description, egg_id, image, startup,"
                            + " variables, build, start_on_completion, status, suspended, state, state_at, created_at)"
                            + " SELECT ?, n.id, 'o', 's', 's', '', e.id, 'i', '', '{}', '{}', ?, 'READY', ?, 'offline', 0, 0"
                            + " FROM nodes n, eggs e",
                    SERVER,
                    false,
                    false);
            var insert =
                    "INSERT INTO schedules (id, server_uuid, name, cron, zone, enabled, only_when_online, catch_up,"
                            + " tasks, version, created_at, updated_at, next_run_at, due_at)"
                            + " VALUES (?, ?, ?, '* * * * *', ?, 1, 0, 'skip', ?, 1, 0, 0, ?, ?)";
            handle.execute(insert, UUID.randomUUID().toString(), SERVER, "zone", "Europe/Atlantis", "[]", 1, 1);
            handle.execute(insert, UUID.randomUUID().toString(), SERVER, "tasks", "UTC", "[{\"new\": 1}]", 2, 2);
            handle.execute(insert, UUID.randomUUID().toString(), SERVER, "good", "UTC", "[]", 3, 3);
        });

        var claimed = store.schedules().claim("a", now, now.plusSeconds(15), Set.of());
        assertThat(claimed.orElseThrow().schedule().spec().name()).isEqualTo("good");
        assertThat(store.schedules().claim("b", now, now.plusSeconds(15), Set.of()))
                .isEmpty();
        int free = jdbi.withHandle(handle -> handle.select("SELECT COUNT(*) FROM schedules WHERE lease IS NULL")
                .mapTo(Integer.class)
                .one());
        assertThat(free).as("free for a panel that can read them").isEqualTo(2);
    }

    @Test
    @Tag("postgres")
    void aSecondPanelOpensTheDatabaseOfTheFirst() {
        var url = PostgresCluster.shared().newDatabase();
        var password = Optional.of(PostgresCluster.shared().password());
        try (var one = Database.connect(url, password);
                var two = Database.connect(url, password)) {
            new AccountStore(one.jdbi()).insert(UUID.randomUUID(), "sam", "hash", true, Instant.EPOCH);

            assertThat(new AccountStore(two.jdbi()).byUsername("sam")).isPresent();
        }
    }

    @Test
    @Tag("postgres")
    void aWrongPasswordIsToldWithoutIt() {
        var url = PostgresCluster.shared().newDatabase();

        assertThatThrownBy(() -> Database.connect(url, Optional.of("hunter22")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("hunter22");
    }

    @Test
    void saysThatTheServerIsAway() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThatThrownBy(() -> Database.connect(
                        "jdbc:postgresql://127.0.0.1:" + free + "/panel?user=panel&connectTimeout=1", Optional.empty()))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void refusesAnAddressWithAPasswordAndDoesNotRepeatIt() {
        for (var url : List.of(
                "jdbc:postgresql://db/panel?user=panel&password=hunter22",
                "jdbc:postgresql://panel:hunter22@db/panel",
                "postgres://panel:hunter22@db/panel",
                "hunter22")) {
            assertThatThrownBy(() -> Database.connect(url, Optional.empty()))
                    .as(url)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("jdbc:postgresql://HOST")
                    .hasMessageNotContaining("hunter22");
        }
    }

    private static void assertAccounts(AccountStore accounts) {
        assertThat(accounts.firstAdmin()).isEmpty();
        accounts.insert(UUID.randomUUID(), "guest", "hash", false, Instant.EPOCH);
        var sam = accounts.insert(UUID.randomUUID(), "Sam", "hash", true, Instant.EPOCH);

        assertThat(accounts.firstAdmin()).contains(sam);
        assertThat(accounts.byUsername("SAM").orElseThrow().user()).isEqualTo(sam);
        assertThatThrownBy(() -> accounts.insert(UUID.randomUUID(), "sAM", "hash", false, Instant.EPOCH))
                .isInstanceOf(ConflictException.class);
    }
}
