package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.ServerState;
import dev.rookery.daemon.internal.server.ContainerSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a server while somebody waits for it to end, to move its files. */
class TransferRaceFunctionalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();
    private final MemoryEnvironment environment = new MemoryEnvironment();
    private final ServerId id = ServerId.random();
    private Daemon daemon;

    @BeforeEach
    void run() {
        daemon = Daemon.builder(DaemonOptions.builder(UUID.randomUUID(), root).build(), panel)
                .environment(context -> environment)
                .build();
        daemon.start();
        panel.configurations.put(id, TestNode.configuration(id, TestNode.GAME));
        panel.scripts.put(id, TestNode.script("true"));
        daemon.node().createServer(new CreateServer(id, true));
        var installer = id + ContainerSpecs.INSTALLER_SUFFIX;
        await().atMost(PATIENCE)
                .until(() -> environment.processes.containsKey(installer)
                        && environment.processes.get(installer).running());
        environment.end(installer, 0);
        await().atMost(PATIENCE)
                .until(() -> state().equals(ServerState.STARTING)
                        && environment.processes.containsKey(id.toString())
                        && environment.processes.get(id.toString()).running());
    }

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void saysSoIfAnotherOneLetsGoOfTheServer() {
        var begun = beginTransfer();
        daemon.endTransfer(id);
        environment.end(id.toString(), 0);

        assertConflict(begun, "ended meanwhile");
        assertThat(daemon.node().server(id).details().condition().activity()).isEmpty();
    }

    @Test
    void saysSoIfTheServerIsDeleted() {
        var begun = beginTransfer();
        daemon.node().server(id).delete();

        assertConflict(begun, "deleted meanwhile");
    }

    @Test
    void holdsTheServerOnceItHasEnded() {
        var begun = beginTransfer();
        environment.end(id.toString(), 0);

        begun.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(state()).isEqualTo(ServerState.OFFLINE);
        assertThat(daemon.node().server(id).details().condition().activity()).contains("transferring");
    }

    /** Returns once the server was told to end, which it does not of itself. */
    private CompletableFuture<Void> beginTransfer() {
        var begun = CompletableFuture.runAsync(() -> daemon.beginTransfer(id));
        await().atMost(PATIENCE).until(() -> state().equals(ServerState.STOPPING));
        return begun;
    }

    private ServerState state() {
        return daemon.node().server(id).details().state();
    }

    private static void assertConflict(CompletableFuture<Void> begun, String message) {
        assertThat(begun.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(ConflictException.class)
                .withMessageContaining(message);
    }
}
