package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.ServerState;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What decisions are on the disk, on the real store. */
class JournalTest {

    @TempDir
    Path root;

    private final ServerId id = ServerId.random();
    private DaemonStore store;
    private Journal journal;

    @BeforeEach
    void open() {
        store = DaemonStore.open(root);
        journal = new Journal(store);
        journal.add(id, Trouble.placeholder(id), Lifecycle.offline(false, true));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothingIsWrittenWhereNothingChanges() throws SQLException {
        var stored = Lifecycle.offline(false, true);
        // Seen by what is not put right: the row is not touched.
        store.close();
        execute("UPDATE servers SET epoch = 99");
        store = DaemonStore.open(root);
        journal = new Journal(store);
        // A server comes back after a start of the daemon, and it is as it was.
        var back = new Transition(stored, List.of(new Effect.Say("hello")), null);
        assertThat(journal.keep(id, stored.booting(), back)).isFalse();
        assertThat(epoch()).isEqualTo(99);
        assertThat(journal.keep(id, null, back)).isFalse();
        assertThat(epoch()).as("what is stored is not known").isZero();
    }

    @Test
    void theSameStateWithAReportIsWritten() {
        var stored = Lifecycle.offline(false, true);
        var report = new Effect.Publish(ServerState.RUNNING, ServerState.OFFLINE);
        assertThat(journal.keep(id, stored, new Transition(stored, List.of(report), null)))
                .isTrue();
        assertThat(store.outboxHeads()).hasSize(1);
    }

    @Test
    void everythingThatDecisionsDependOnComesBack() {
        var state = Lifecycle.offline(true, false).toBuilder()
                .phase(Phase.STOPPING)
                .resume(Phase.STOPPING)
                .epoch(42)
                .next(Lifecycle.Next.REINSTALL)
                .install(new Lifecycle.InstallWish(true, true))
                .killed(true)
                .transferring(true)
                .lastCrash(Instant.ofEpochMilli(1_000))
                .stopDeadline(Instant.ofEpochMilli(2_000))
                .build();
        journal.keep(id, null, new Transition(state, List.of(), null));
        assertThat(journal.servers().servers())
                .singleElement()
                .satisfies(record -> assertThat(record.lifecycle()).isEqualTo(state));
    }

    private long epoch() {
        return journal.servers().servers().get(0).lifecycle().epoch();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("rookery.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
