package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.build.tiers.SecondLane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server's life on the real engine. */
@Tag("docker")
@SecondLane
class ServerLifeFunctionalTest {

    @TempDir
    Path root;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(root);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void installsStartsAnswersAndStops() throws IOException {
        var id = node.install(TestNode.GAME, "echo hello from the installer\necho installed > /mnt/server/done.txt\n");
        assertThat(node.panel.installs.get(0).report().successful()).isTrue();
        assertThat(Files.readString(node.volume(id).resolve("done.txt"))).isEqualTo("installed\n");
        assertThat(node.server(id).installLog()).contains("hello from the installer");

        var console = node.console(id, ConsoleOptions.live());
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).sendCommands(List.of("ping"));
        await().atMost(Duration.ofSeconds(10)).until(() -> console.lines().contains("got: ping"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> console.of(ConsoleEvent.Stats.class)
                        .anyMatch(stats -> stats.usage().memoryBytes() > 0));

        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.OFFLINE);
        assertThat(console.lines()).contains("bye");
        // The console tells it a moment later.
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(console.states())
                        .containsExactly(
                                ServerState.OFFLINE,
                                ServerState.STARTING,
                                ServerState.RUNNING,
                                ServerState.STOPPING,
                                ServerState.OFFLINE));
        assertThat(console.numbers()).isSorted().doesNotHaveDuplicates().startsWith(1L);
    }

    @Test
    void reportsAFailedScriptAndKeepsItsLog() {
        var id = node.install(TestNode.GAME, "echo about to fail; exit 3");
        assertThat(node.panel.installs.get(0).report().successful()).isFalse();
        assertThat(node.server(id).installLog()).contains("about to fail");
        assertThat(node.server(id).details().state()).isEqualTo(ServerState.OFFLINE);
    }

    @Test
    void killEndsAnInstallationAndReportsFailureOnce() throws IOException {
        var id = node.define(TestNode.GAME, "echo begun; sleep 600");
        node.node().createServer(new CreateServer(id, true));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.server(id).installLog().contains("begun"));
        assertThatThrownBy(() -> node.server(id).power(PowerAction.START))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("being installed");
        node.server(id).power(PowerAction.KILL);
        node.awaitReport(id);
        assertThat(node.panel.installs).hasSize(1);
        assertThat(node.panel.installs.get(0).report().successful()).isFalse();
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
    }

    @Test
    void saysWhichImageIsMissing() {
        var id = node.define(TestNode.GAME, "true");
        node.panel.scripts.put(id, new InstallScript("rookery.invalid/none:1", "sh", "true"));
        var console = new RecordingConsole();
        node.node().createServer(new CreateServer(id, true));
        node.server(id).console(ConsoleOptions.live(), console);
        node.awaitReport(id);
        assertThat(node.panel.installs.get(0).report().successful()).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                        .anyMatch(message -> message.text().contains("rookery.invalid/none:1")));
    }

    @Test
    void startsOnCompletionAndAgainAfterACrash() {
        var id = node.define(TestNode.GAME, "true");
        node.node().createServer(new CreateServer(id, true));
        node.awaitState(id, ServerState.RUNNING);
        var console = node.console(id, ConsoleOptions.live());
        node.server(id).sendCommands(List.of("crash"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> console.states().containsAll(List.of(ServerState.OFFLINE, ServerState.STARTING)));
        node.awaitState(id, ServerState.RUNNING);
        assertThat(console.of(ConsoleEvent.DaemonMessage.class).map(ConsoleEvent.DaemonMessage::text))
                .contains("Exit code: 7");
        node.server(id).sendCommands(List.of("crash"));
        node.awaitState(id, ServerState.OFFLINE);
    }

    @Test
    void refusesADuplicateAndAnUnknownServer() {
        var id = node.install(TestNode.GAME, "true");
        assertThatThrownBy(() -> node.node().createServer(new CreateServer(id, false)))
                .isInstanceOf(ConflictException.class);
        var unknown = ServerId.random();
        assertThatThrownBy(() -> node.node().createServer(new CreateServer(unknown, false)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.server(unknown).details()).isInstanceOf(NotFoundException.class);
        assertThat(node.node().servers()).hasSize(1);
    }

    @Test
    void killsWhatIgnoresEverySignal() {
        var id = node.define(
                "trap '' TERM INT; echo 'Done ('; while true; do sleep 1; done",
                "true",
                settings -> settings,
                new ProcessConfiguration.Stop(ProcessConfiguration.Stop.SIGNAL, "SIGTERM"));
        node.node().createServer(new CreateServer(id, true));
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.STOPPING);
        node.server(id).power(PowerAction.KILL);
        node.awaitState(id, ServerState.OFFLINE);
    }

    @Test
    void hardensTheContainer() throws IOException {
        var id = node.install(TestNode.GAME, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        var format = "{{.Config.User}} {{.Config.Tty}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.Memory}}"
                + " {{.HostConfig.PidsLimit}} {{.HostConfig.LogConfig.Type}} {{.HostConfig.SecurityOpt}}"
                + " {{len .HostConfig.CapDrop}} {{index .Config.Labels \"ContainerType\"}}";
        assertThat(TestNode.docker("inspect", "--format", format, id.toString()))
                .isEqualTo("988:988 true true " + Math.round(64 * 1.15 * (1 << 20))
                        + " 512 local [no-new-privileges] 11 server_process");
    }

    @Test
    void measuresTheDiskOfANewServerSoon() {
        var id = node.install(TestNode.GAME, "dd if=/dev/zero of=/mnt/server/big bs=1024 count=300 2>/dev/null");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.server(id).details().utilization().diskBytes() >= 300 * 1024);
    }

    @Test
    void deletesContainerAndFiles() throws IOException {
        var id = node.install(TestNode.GAME, "echo x > /mnt/server/file");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        var console = node.console(id, ConsoleOptions.live());
        node.server(id).delete();
        await().atMost(Duration.ofSeconds(30)).until(() -> node.node().servers().isEmpty());
        assertThat(node.volume(id)).doesNotExist();
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
        await().until(() -> !console.closed.isEmpty());
        assertThat(console.of(ConsoleEvent.Deleted.class)).hasSize(1);
    }

    @Test
    void checksTheCallersPermissions() {
        var id = node.install(TestNode.GAME, "true");
        var reader = new Caller.User(
                UUID.randomUUID(),
                Permissions.of(Permission.CONNECT),
                "127.0.0.1",
                Instant.now().plusSeconds(600));
        var server = node.node().as(reader).server(id);
        assertThatThrownBy(() -> server.power(PowerAction.START)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(server::delete).isInstanceOf(DeniedException.class);
        var console = new RecordingConsole();
        server.console(ConsoleOptions.live(), console).sendCommand("hello");
        await().until(() -> console.of(ConsoleEvent.DaemonError.class).count() == 1);
    }

    @Test
    void endsAConsoleWithItsCallersAuthority() {
        var id = node.install(TestNode.GAME, "true");
        var reader = new Caller.User(
                UUID.randomUUID(),
                Permissions.of(Permission.CONNECT),
                "127.0.0.1",
                Instant.now().plusSeconds(2));
        var console = new RecordingConsole();
        node.node().as(reader).server(id).console(ConsoleOptions.live(), console);
        await().atMost(Duration.ofSeconds(10)).until(() -> !console.closed.isEmpty());
        assertThat(console.of(ConsoleEvent.AuthorityExpiring.class)).hasSize(1);
        assertThat(console.of(ConsoleEvent.AuthorityLost.class)).hasSize(1);
    }

    @Test
    void reinstallsARunningServerAndKeepsItsFiles() throws IOException {
        var id = node.install(TestNode.GAME, "echo run >> /mnt/server/runs");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).reinstall();
        await().atMost(Duration.ofSeconds(40)).until(() -> node.panel.installs.size() == 2);
        assertThat(node.panel.installs.get(1).report().reinstall()).isTrue();
        assertThat(Files.readString(node.volume(id).resolve("runs"))).isEqualTo("run\nrun\n");
    }

    @Test
    void losesNoLineOfAFloodWhileAListenerIsStuck() {
        var id = node.install("seq 1 200000; echo 'flood over'; sleep 600", "true");
        var release = new CountDownLatch(1);
        node.server(id).console(ConsoleOptions.live(), event -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        node.server(id).power(PowerAction.START);
        var console = new RecordingConsole();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> node.server(id).logs(1).contains("flood over"));
        node.server(id).console(ConsoleOptions.after(200_000), console);
        // The line that the entrypoint prints comes first.
        await().until(() -> console.numbers().contains(200_002L));
        assertThat(console.lines()).containsExactly("200000", "flood over");
        release.countDown();
        node.server(id).power(PowerAction.KILL);
        node.awaitState(id, ServerState.OFFLINE);
    }
}
