package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.daemon.internal.server.Journal;
import dev.rookery.daemon.internal.server.Lifecycle;
import dev.rookery.daemon.internal.store.DaemonStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory that a daemon keeps its state in, and what it borrows. No engine is needed. */
class DaemonRootTest {

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();

    @Test
    @SuppressWarnings("try") // Closed early on purpose.
    void refusesADirectoryThatAnotherDaemonUses() {
        try (var first = Daemon.builder(options(), panel).build();
                var second = Daemon.builder(options(), panel).build()) {
            first.start();
            assertThatThrownBy(second::start)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("system.root_directory")
                    .hasMessageContaining("another daemon");
            assertThat(first.node().servers()).isEmpty();
            first.close();
            second.start();
            assertThat(second.node().servers()).isEmpty();
        }
    }

    @Test
    void startsWithServersThatCannotBeRead() throws SQLException {
        var good = ServerId.random();
        var badConfiguration = ServerId.random();
        var badPhase = ServerId.random();
        var badTail = ServerId.random();
        try (var store = DaemonStore.open(root)) {
            var journal = new Journal(store);
            for (var id : new ServerId[] {good, badConfiguration, badPhase, badTail}) {
                journal.add(id, TestNode.configuration(id, TestNode.GAME), Lifecycle.offline(false, true));
            }
        }
        spoil("configuration = '{\"settings\":'", badConfiguration);
        spoil("phase = 'DREAMING'", badPhase);
        spoil("console_tail = 'no list'", badTail);
        try (var daemon = Daemon.builder(options(), panel).build()) {
            daemon.start();
            assertThat(daemon.node().servers())
                    .extracting(details -> details.configuration().uuid())
                    .containsExactlyInAnyOrder(good, badConfiguration, badPhase, badTail);
            assertThat(daemon.node().servers())
                    .filteredOn(details -> details.condition().problem().isPresent())
                    .extracting(details -> details.configuration().uuid())
                    .containsExactlyInAnyOrder(badConfiguration, badPhase);
        }
    }

    @Test
    void endsItsTasksOnABorrowedExecutorAndLeavesTheExecutorOpen() throws InterruptedException {
        var executor = Executors.newCachedThreadPool();
        var neighbour = new CountDownLatch(1);
        var waiting = executor.submit(() -> neighbour.await(1, TimeUnit.MINUTES));
        try (var daemon = Daemon.builder(options(), panel).executor(executor).build()) {
            daemon.start();
            assertThat(daemon.node().servers()).isEmpty();
        } finally {
            await().atMost(Duration.ofSeconds(20)).until(() -> ((ThreadPoolExecutor) executor).getActiveCount() == 1);
            assertThat(executor.isShutdown()).isFalse();
            assertThat(waiting.isDone()).isFalse();
            neighbour.countDown();
            executor.shutdown();
        }
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private void spoil(String assignment, ServerId id) throws SQLException {
        assertThat(Files.exists(root.resolve("rookery.db"))).isTrue();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + root.resolve("rookery.db"));
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE servers SET " + assignment + " WHERE uuid = '" + id + "'"))
                    .isEqualTo(1);
        }
    }

    private DaemonOptions options() {
        return DaemonOptions.builder(UUID.randomUUID(), root)
                .docker(DockerOptions.builder()
                        .socket("unix://" + root.resolve("absent.sock"))
                        .build())
                .build();
    }
}
