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
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two databases must agree on besides the store, and how one is reached. */
class DatabaseTest {

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
