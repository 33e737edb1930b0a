package dev.rookery.examples.panel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.examples.panel.account.Accounts.Session;
import dev.rookery.examples.panel.account.UserChange;
import dev.rookery.examples.panel.sql.DeauthorizationStore.Due;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, their access and what nodes are still to be told, in both databases. */
class PeopleStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path directory;

    @Test
    void keepsPeopleInSqlite() {
        assertPeople(Database.open(directory));
    }

    @Test
    @Tag("postgres")
    void keepsPeopleInPostgres() {
        var cluster = PostgresCluster.shared();
        assertPeople(Database.connect(cluster.newDatabase(), Optional.of(cluster.password())));
    }

    private static void assertPeople(Database database) {
        try (var panel = TestPanel.start(database, node -> node)) {
            panel.user("owner");
            panel.user("Sub");
            var server = ServerId.parse(panel.serverOf("owner"));
            // No more calls to nodes: what is noted stays.
            panel.node().away(true);

            assertSessions(database);
            assertSubusers(database, server);
            assertUsers(database);
        }
    }

    /** Checking a password takes its time, in which it may be changed. */
    private static void assertSessions(Database database) {
        var accounts = new AccountStore(database.jdbi());
        var users = new UserStore(database.jdbi());
        var checked = accounts.byUsername("sub").orElseThrow();
        var session = new Session(checked.user(), "csrf", NOW.plusSeconds(3600));

        assertThat(accounts.insertSession("one", session, checked.passwordHash(), NOW))
                .isTrue();
        users.changePassword(checked.user(), "another", "", NOW);
        assertThat(accounts.insertSession("two", session, checked.passwordHash(), NOW))
                .as("with the password of before")
                .isFalse();
        var uuid = checked.user().uuid();
        users.change(uuid, change(Optional.empty(), false, true), NOW);
        assertThat(accounts.insertSession("three", session, "another", NOW))
                .as("disabled meanwhile")
                .isFalse();
        users.change(uuid, change(Optional.empty(), false, false), NOW);
        for (var token : List.of("one", "two", "three")) {
            assertThat(accounts.session(token, NOW, Instant.EPOCH)).isEmpty();
        }
        var store = new DeauthorizationStore(database.jdbi());
        due(store).forEach(store::done);
    }

    private static UserChange change(Optional<String> username, boolean admin, boolean disabled) {
        return new UserChange(username, Optional.of(admin), Optional.of(disabled));
    }

    private static void assertSubusers(Database database, ServerId server) {
        var subusers = new SubuserStore(database.jdbi());
        var accounts = new AccountStore(database.jdbi());
        var sub = accounts.byUsername("sub").orElseThrow().user();
        var some = Permissions.parse(List.of("control.start", "file.sftp"));
        var fewer = Permissions.parse(List.of("control.start"));

        subusers.add(server, sub, some, NOW);
        assertThatThrownBy(() -> subusers.add(server, sub, fewer, NOW)).isInstanceOf(ConflictException.class);
        assertThat(subusers.servers(sub.uuid())).containsExactly(server);
        assertThat(subusers.find(server, sub.uuid()).orElseThrow().permissions())
                .isEqualTo(some);

        subusers.change(server, sub, some, fewer, NOW);
        assertThatThrownBy(() -> subusers.change(server, sub, some, Permissions.none(), NOW))
                .as("somebody else was quicker")
                .isInstanceOf(ConflictException.class);
        assertThat(subusers.list(server)).hasSize(1);

        assertThat(subusers.remove(server, sub, NOW)).isTrue();
        assertThat(subusers.remove(server, sub, NOW)).isFalse();
        var due = due(new DeauthorizationStore(database.jdbi()));
        assertThat(due).singleElement().satisfies(one -> {
            assertThat(one.user()).isEqualTo(sub.uuid());
            assertThat(one.servers()).containsExactly(server);
            assertThat(one.noted().get(server.toString())).as("noted twice").isAfter(NOW);
        });
    }

    private static void assertUsers(Database database) {
        var users = new UserStore(database.jdbi());
        var accounts = new AccountStore(database.jdbi());
        var deauthorizations = new DeauthorizationStore(database.jdbi());
        var admin = accounts.byUsername("admin").orElseThrow().user();
        var owner = accounts.byUsername("owner").orElseThrow().user();
        var sub = accounts.byUsername("SUB").orElseThrow().user();

        assertThat(users.list())
                .extracting(listed -> listed.user().username() + " " + listed.servers())
                .containsExactly("admin 0", "owner 1", "Sub 0");
        assertThatThrownBy(() -> users.change(admin.uuid(), change(Optional.empty(), false, false), NOW))
                .hasMessageContaining("nobody would be left");
        assertThatThrownBy(() -> users.change(sub.uuid(), change(Optional.of("OWNER"), false, false), NOW))
                .hasMessageContaining("exists");
        assertThatThrownBy(() -> users.delete(owner, NOW)).hasMessageContaining("has servers");
        assertThat(users.change(UUID.randomUUID(), change(Optional.of("nobody"), false, false), NOW))
                .isEmpty();

        assertThat(users.change(sub.uuid(), change(Optional.of("sub"), false, true), NOW))
                .isPresent();
        assertThat(users.find(sub.uuid()).orElseThrow().disabled()).isTrue();
        var renaming = new UserChange(Optional.of("Subber"), Optional.empty(), Optional.empty());
        assertThat(users.change(sub.uuid(), renaming, NOW).orElseThrow().getValue())
                .as("a new name alone leaves a user disabled")
                .satisfies(renamed -> {
                    assertThat(renamed.disabled()).isTrue();
                    assertThat(renamed.username()).isEqualTo("Subber");
                });
        var told = due(deauthorizations).stream()
                .filter(due -> due.servers().isEmpty())
                .findFirst()
                .orElseThrow();
        deauthorizations.done(told);
        users.delete(sub, NOW.plusSeconds(1));
        deauthorizations.done(told);
        assertThat(due(deauthorizations))
                .as("what was noted after the telling is still to be told")
                .anyMatch(due -> due.servers().isEmpty() && due.user().equals(sub.uuid()));
    }

    private static List<Due> due(DeauthorizationStore store) {
        return store.nodes().stream()
                .flatMap(node -> store.due(node, 100).stream())
                .toList();
    }
}
