package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose engine is not there, or comes later. */
class EngineAwayTest {

    @TempDir
    Path root;

    private final MemoryPanel panel = new MemoryPanel();

    @Test
    void saysWhatToDoAndCreatesNothing() {
        var options = options(UUID.randomUUID(), root.resolve("absent.sock")).build();
        var id = ServerId.random();
        panel.configurations.put(id, TestNode.configuration(id, TestNode.GAME));
        try (var daemon = Daemon.builder(options, panel).build()) {
            daemon.start();
            assertThatThrownBy(() -> daemon.node().createServer(new CreateServer(id, true)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("absent.sock")
                    .hasMessageContaining("docker.socket");
            assertThat(daemon.node().servers()).isEmpty();
        }
        assertThat(panel.installs).isEmpty();
    }

    @Test
    @Tag("docker")
    void takesUpItsServersOnceTheEngineIsThere() throws IOException {
        var uuid = UUID.randomUUID();
        var socket = root.resolve("engine.sock");
        var id = ServerId.random();
        panel.configurations.put(id, TestNode.configuration(id, TestNode.GAME));
        panel.scripts.put(id, TestNode.script("true"));
        try {
            try (var daemon =
                    Daemon.builder(TestNode.options(uuid, root).build(), panel).build()) {
                daemon.start();
                daemon.node().createServer(new CreateServer(id, true));
                awaitState(daemon, id, ServerState.RUNNING);
            }
            try (var daemon =
                    Daemon.builder(options(uuid, socket).build(), panel).build()) {
                daemon.start();
                assertThatThrownBy(() -> daemon.node().server(id).power(PowerAction.START))
                        .isInstanceOf(UnavailableException.class);
                Files.createSymbolicLink(socket, Path.of("/var/run/docker.sock"));
                awaitState(daemon, id, ServerState.RUNNING);
                daemon.node().server(id).power(PowerAction.STOP);
                awaitState(daemon, id, ServerState.OFFLINE);
            }
        } finally {
            TestNode.docker("rm", "-fv", id.toString());
            TestNode.docker("network", "rm", TestNode.networkName(uuid));
        }
    }

    @Test
    @SuppressWarnings("try") // Closed early on purpose.
    void twoDaemonsInOneJvmDoNotKnowEachOther() {
        var first = options(UUID.randomUUID(), root.resolve("a.sock")).build();
        var second = DaemonOptions.builder(UUID.randomUUID(), root.resolve("second"))
                .docker(DockerOptions.builder()
                        .socket("unix://" + root.resolve("b.sock"))
                        .build())
                .build();
        try (var one = Daemon.builder(first, panel).build();
                var other = Daemon.builder(second, panel).build()) {
            one.start();
            one.start();
            other.start();
            one.close();
            one.close();
            assertThat(other.node().servers()).isEmpty();
            assertThatThrownBy(() -> one.node().servers()).isInstanceOf(UnavailableException.class);
        }
    }

    private DaemonOptionsBuilder options(UUID uuid, Path socket) {
        var usual = TestNode.options(uuid, root).build();
        return TestNode.options(uuid, root)
                .docker(DockerOptions.builder()
                        .network(usual.docker().network())
                        .socket("unix://" + socket)
                        .build());
    }

    private static void awaitState(Daemon daemon, ServerId id, ServerState state) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> daemon.node().server(id).details().state().equals(state));
    }
}
