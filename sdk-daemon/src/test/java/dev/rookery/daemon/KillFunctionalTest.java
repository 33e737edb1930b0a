package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill takes effect within two seconds whatever the server is doing, or says why not. */
@Tag("docker")
class KillFunctionalTest {

    /** Two seconds, and what a busy machine takes to show it; an engine that hangs is waited for twice as long elsewhere. */
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path root;

    private StallingEngine engine;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        var socket = root.resolve("engine.sock");
        engine = new StallingEngine(socket);
        var network = TestNode.options(UUID.randomUUID(), root).build().docker().network();
        node = new TestNode(
                root,
                options -> options.docker(DockerOptions.builder()
                        .network(network)
                        .socket("unix://" + socket)
                        .build()));
    }

    @AfterEach
    void stop() throws IOException {
        engine.stall(false);
        node.close();
        engine.close();
    }

    @Test
    void whileTheEngineHangsItSaysSoAndGoesOnTrying() {
        var id = node.install("trap '' TERM; echo 'Done ('; while true; do sleep 1; done", "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        var console = node.console(id, ConsoleOptions.after(0));
        engine.stall(true);
        long before = System.nanoTime();
        assertThatThrownBy(() -> node.server(id).power(PowerAction.KILL))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not killed yet");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        await().atMost(SOON)
                .until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                        .anyMatch(line -> line.text().contains("cannot be killed yet")));
        engine.stall(false);
        node.awaitState(id, ServerState.OFFLINE);
    }

    @Test
    void whileTheImageIsPulledFromARegistryThatHangs() throws IOException {
        try (var registry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var id = node.define(
                    TestNode.GAME,
                    "true",
                    settings -> settings.container(
                            new ServerSettings.Container("127.0.0.1:" + registry.getLocalPort() + "/slow:1")),
                    new ProcessConfiguration.Stop("command", "stop"));
            node.node().createServer(new CreateServer(id, false));
            node.awaitReport(id);
            node.server(id).power(PowerAction.START);
            node.awaitState(id, ServerState.STARTING);
            node.server(id).power(PowerAction.KILL);
            awaitOffline(id);
        }
    }

    @Test
    void whileTheServerIsInstalled() throws IOException {
        var id = node.define(TestNode.GAME, "echo begun; sleep 600");
        node.node().createServer(new CreateServer(id, true));
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> node.server(id).installLog().contains("begun"));
        node.server(id).power(PowerAction.KILL);
        await().atMost(SOON).until(() -> !node.panel.installs.isEmpty());
        assertThat(node.panel.installs.get(0).report().successful()).isFalse();
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
    }

    @Test
    void whileTheServerIsInstalledAndTheEngineHangsItSaysSoAndGoesOnTrying() throws IOException {
        var id = node.define(TestNode.GAME, "echo begun; sleep 600");
        node.node().createServer(new CreateServer(id, true));
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> node.server(id).installLog().contains("begun"));
        engine.stall(true);
        long before = System.nanoTime();
        assertThatThrownBy(() -> node.server(id).power(PowerAction.KILL))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("container engine");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        engine.stall(false);
        node.awaitReport(id);
        assertThat(node.panel.installs.get(0).report().successful()).isFalse();
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
    }

    @Test
    void whileTheEngineHangsBeforeTheContainerIsMade() {
        var id = node.install(TestNode.GAME, "true");
        var console = node.console(id, ConsoleOptions.after(0));
        node.panel.hold = new CountDownLatch(1);
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.STARTING);
        engine.stall(true);
        node.panel.hold.countDown();
        long before = System.nanoTime();
        node.server(id).power(PowerAction.KILL);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        awaitOffline(id);
        engine.stall(false);
        // It can be started again at once.
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        assertThat(console.of(ConsoleEvent.DaemonMessage.class))
                .noneMatch(line -> line.text().contains("crashed state"));
    }

    private void awaitOffline(ServerId id) {
        await().atMost(SOON).until(() -> node.server(id).details().state().equals(ServerState.OFFLINE));
    }
}
