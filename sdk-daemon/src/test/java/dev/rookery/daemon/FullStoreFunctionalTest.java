package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.StateChange;
import dev.rookery.daemon.internal.server.Journal;
import dev.rookery.daemon.internal.server.Lifecycle;
import dev.rookery.daemon.internal.server.Phase;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes nothing for some seconds: a wish is refused, what happens is not denied, and the panel hears of it afterwards. */
class FullStoreFunctionalTest {

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();
    private final MemoryEnvironment environment = new MemoryEnvironment();
    private final ServerId id = ServerId.random();

    @Test
    void whatCouldNotBeStoredIsStoredAndReportedLater() throws SQLException {
        var configuration = TestNode.configuration(id, TestNode.GAME);
        panel.configurations.put(id, configuration);
        try (var store = DaemonStore.open(root)) {
            var state = Lifecycle.offline(false, false).toBuilder()
                    .phase(Phase.RUNNING)
                    .resume(Phase.RUNNING)
                    .build();
            assertThat(new Journal(store).add(id, configuration, state)).isTrue();
        }
        environment.put(id.toString(), true);
        var options = DaemonOptions.builder(UUID.randomUUID(), root)
                .crashDetection(CrashDetectionOptions.builder().enabled(false).build())
                .build();
        try (var daemon = Daemon.builder(options, panel)
                .environment(context -> environment)
                .build()) {
            var end = fullUntil(Instant.now().plusSeconds(6));
            daemon.start();
            await().until(() -> daemon.node().server(id).details().state().equals(ServerState.RUNNING));
            environment.end(id.toString(), 1);
            // It has ended, whether that can be written down or not.
            await().until(() -> daemon.node().server(id).details().state().equals(ServerState.OFFLINE));
            assertThatThrownBy(() -> daemon.node().server(id).power(PowerAction.START))
                    .isInstanceOf(RookeryException.class)
                    .hasMessageContaining("disk is full");
            assertThat(daemon.node().server(id).details().state()).isEqualTo(ServerState.OFFLINE);
            assertThat(environment.started).isEmpty();
            assertThat(panel.states).extracting(StateChange::newState).doesNotContain(ServerState.OFFLINE);
            assertThat(Instant.now()).as("the store was full until here").isBefore(end);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> panel.states.stream()
                            .anyMatch(change -> change.newState().equals(ServerState.OFFLINE)));
            daemon.node().server(id).power(PowerAction.START);
            await().until(() -> environment.started.contains(id.toString()));
        }
        try (var store = DaemonStore.open(root)) {
            assertThat(store.servers().servers().get(0).state().phase()).isEqualTo("STARTING");
        }
    }

    /** No other connection can change anything while the daemon runs, so the end is settled before. */
    private Instant fullUntil(Instant end) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("rookery.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TRIGGER full BEFORE UPDATE OF phase ON servers WHEN NEW.phase <> 'RUNNING' AND"
                            + " CAST(strftime('%s', 'now') AS INTEGER) < " + end.getEpochSecond()
                            + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        }
        return end;
    }
}
