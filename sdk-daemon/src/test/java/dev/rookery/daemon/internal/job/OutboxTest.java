package dev.rookery.daemon.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.StateChange;
import dev.rookery.daemon.internal.store.DaemonStore;
import dev.rookery.daemon.internal.store.OutboxEntry;
import dev.rookery.daemon.internal.store.Rows;
import dev.rookery.daemon.internal.store.StoredState;
import dev.rookery.kit.Backoff;
import dev.rookery.kit.NamedThreads;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox and its sender, on the real store. */
class OutboxTest {

    private static final UUID NODE = UUID.randomUUID();

    @TempDir
    Path root;

    private final Taker panel = new Taker("");
    private DaemonStore store;
    private ExecutorService threads;

    @BeforeEach
    void open() {
        store = DaemonStore.open(root);
        threads = NamedThreads.perTask("outbox-test");
    }

    @AfterEach
    void close() throws InterruptedException {
        panel.hang.countDown();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        store.close();
    }

    @Test
    void reportsOfOneServerArriveInOrder() {
        var id = server();
        for (int i = 0; i < 20; i++) {
            report(id, i % 2 == 0);
        }
        report(id, new OutboxEntry.State(new StateChange(ServerState.OFFLINE, ServerState.STARTING)));
        report(id, new OutboxEntry.State(new StateChange(ServerState.STARTING, ServerState.RUNNING)));
        begin();
        await().until(() -> panel.taken.size() == 21);
        for (int i = 0; i < 20; i++) {
            assertThat(panel.taken.get(i)).endsWith("installed " + (i % 2 == 0));
        }
        // The latest state wins: the panel is told where it has come to, from where it last knew of.
        assertThat(panel.taken.get(20)).endsWith("offline -> running");
    }

    @Test
    void manyThatAlwaysFailAndSomeThatHangStarveNobody() {
        for (int i = 0; i < 200; i++) {
            var id = server();
            panel.failing.add(id);
            report(id, true);
        }
        begin();
        await().atMost(Duration.ofSeconds(30)).until(() -> panel.tries.size() == 200);
        for (int i = 0; i < 10; i++) {
            var id = server();
            panel.hanging.add(id);
            report(id, true);
        }
        var well = server();
        report(well, true);
        report(well, false);
        await().atMost(Duration.ofSeconds(20)).until(() -> panel.taken.size() == 2);
        assertThat(panel.taken).allMatch(line -> line.startsWith(well.toString()));
    }

    @Test
    void aReportKeepsItsKeyOverTriesAndRestarts() throws InterruptedException {
        var id = server();
        var other = server();
        panel.failing.add(id);
        report(id, true);
        report(other, true);
        begin();
        await().until(() -> panel.tries.getOrDefault(id, 0) >= 2 && panel.taken.size() == 1);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        store.close();
        open();
        panel.failing.clear();
        begin();
        await().until(() -> panel.taken.size() == 2);
        assertThat(panel.keys.get(id)).hasSize(1);
        assertThat(panel.keys.get(other)).hasSize(1).doesNotContainAnyElementsOf(panel.keys.get(id));
        assertThat(store.outboxHeads()).isEmpty();
    }

    @Test
    void anInstallationThatThePanelRefusesIsTriedForAWhile() {
        var id = server();
        panel.refusing.add(id);
        report(id, true);
        begin();
        await().until(() -> panel.tries.getOrDefault(id, 0) > 3);
        assertThat(store.outboxHeads())
                .as("it may be somebody else who refuses")
                .hasSize(1);
        panel.refusing.clear();
        await().until(() -> panel.taken.size() == 1);
    }

    @Test
    void whatThePanelRefusesForGoodHoldsUpNothing() {
        var id = server();
        panel.refusing.add(id);
        report(id, true);
        threads.execute(new ReportSender(
                store,
                panel,
                Duration.ofSeconds(5),
                NODE,
                threads,
                CrashPoints.NONE,
                new ReportSchedule(Backoff.of(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0))));
        await().until(() -> store.outboxHeads().isEmpty());
        panel.refusing.clear();
        report(id, false);
        begin();
        await().until(() -> panel.taken.size() == 1);
        assertThat(panel.taken.get(0)).endsWith("installed false");
    }

    @Test
    void aRowThatMakesNoSenseHoldsUpNobody() throws SQLException {
        var id = server();
        report(id, new OutboxEntry.State(new StateChange(ServerState.OFFLINE, ServerState.STARTING)));
        var other = server();
        report(other, true);
        report(other, false);
        store.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("rookery.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE outbox SET payload = '{' WHERE uuid = '" + id + "'");
            statement.executeUpdate(
                    "UPDATE outbox SET payload = '{' WHERE id = (SELECT MIN(id) FROM outbox WHERE uuid = '" + other
                            + "')");
            statement.executeUpdate("INSERT INTO outbox (uuid, kind, payload) VALUES ('nobody', 'state', '')");
        }
        store = DaemonStore.open(root);
        // Its server goes on, and tells what it knows.
        report(id, new OutboxEntry.State(new StateChange(ServerState.STARTING, ServerState.RUNNING)));
        begin();
        await().until(() -> panel.taken.size() == 2);
        assertThat(panel.taken).containsExactlyInAnyOrder(id + " starting -> running", other + " installed false");
    }

    private void begin() {
        threads.execute(new ReportSender(store, panel, Duration.ofSeconds(5), NODE, threads, CrashPoints.NONE));
    }

    private ServerId server() {
        var id = ServerId.random();
        store.add(id, Rows.configuration(id), offline());
        return id;
    }

    private void report(ServerId id, boolean successful) {
        report(id, new OutboxEntry.Installed(new InstallReport(successful, false)));
    }

    private static StoredState offline() {
        return new StoredState("OFFLINE", "NONE", 0, false, false, false, true, null, null, false, null);
    }

    private void report(ServerId id, OutboxEntry entry) {
        store.keep(id, offline(), List.of(entry));
    }

    /** A panel that takes reports, or does not. */
    private static final class Taker implements Panel {

        final Set<ServerId> failing;
        final Set<ServerId> hanging;
        final Set<ServerId> refusing;
        final List<String> taken;
        final Map<ServerId, Integer> tries;
        final Map<ServerId, Set<String>> keys;
        final CountDownLatch hang;
        private final String key;

        Taker(String key) {
            this.key = key;
            failing = ConcurrentHashMap.newKeySet();
            hanging = ConcurrentHashMap.newKeySet();
            refusing = ConcurrentHashMap.newKeySet();
            taken = new CopyOnWriteArrayList<>();
            tries = new ConcurrentHashMap<>();
            keys = new ConcurrentHashMap<>();
            hang = new CountDownLatch(1);
        }

        private Taker(Taker other, String key) {
            this.key = key;
            failing = other.failing;
            hanging = other.hanging;
            refusing = other.refusing;
            taken = other.taken;
            tries = other.tries;
            keys = other.keys;
            hang = other.hang;
        }

        @Override
        public Panel with(CallOptions options) {
            return new Taker(this, options.correlationId().orElseThrow());
        }

        @Override
        public ServerPage servers(int page, int perPage) {
            throw new UnavailableException("not asked");
        }

        @Override
        public ServerConfiguration configuration(ServerId server) {
            throw new UnavailableException("not asked");
        }

        @Override
        public InstallScript installScript(ServerId server) {
            throw new UnavailableException("not asked");
        }

        @Override
        public void reportInstall(ServerId server, InstallReport report) {
            take(server, "installed " + report.successful());
        }

        @Override
        public void reportState(ServerId server, StateChange change) {
            take(
                    server,
                    change.previousState().wireName() + " -> "
                            + change.newState().wireName());
        }

        private void take(ServerId server, String text) {
            tries.merge(server, 1, Integer::sum);
            keys.computeIfAbsent(server, id -> ConcurrentHashMap.newKeySet()).add(key);
            if (failing.contains(server)) {
                throw new UnavailableException("away");
            }
            if (refusing.contains(server)) {
                throw new ConflictException("no");
            }
            if (hanging.contains(server)) {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    throw new UnavailableException("interrupted", e);
                }
            }
            taken.add(server + " " + text);
        }
    }
}
