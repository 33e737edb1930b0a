package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Content;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.daemon.config.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node whose disk is full, with everything on it: store, consoles, logs, files, configuration. What was saved stays, what cannot be done
 * is said, what ends a server works, and all goes on once there is room.
 */
@Tag("docker")
@Tag("root")
@Tag("faults")
@Timeout(120)
class DiskFullFunctionalTest {

    private static final int MEBIBYTES = 16;
    private static final Duration LATER = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private SmallDisk disk;
    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        disk = SmallDisk.mount(folder, MEBIBYTES);
    }

    @AfterEach
    void stop() throws IOException {
        disk.free();
        try {
            if (node != null) {
                node.close();
            }
        } finally {
            disk.close();
        }
    }

    private ServerId running() {
        node = new TestNode(disk.directory().resolve("node"));
        var id = node.install(TestNode.GAME, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        return id;
    }

    @Test
    void aServerIsHeardAndEndedAndThePanelHearsOfItOnceThereIsRoom() throws Exception {
        var id = running();
        var console = node.console(id, ConsoleOptions.after(0));
        disk.fill();
        say(id, console, "while it is full");
        node.server(id).power(PowerAction.KILL);
        node.awaitState(id, ServerState.OFFLINE);
        disk.free();
        await("the panel hears of the end")
                .atMost(LATER)
                .until(() -> lastReported(id).equals(ServerState.OFFLINE));

        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        say(id, console, "after it");
        await("lines are stored again")
                .atMost(LATER)
                .untilAsserted(() -> assertThat(stored(id)).contains("got: after it"));
        assertThat(console.numbers()).isSorted().doesNotHaveDuplicates();
        // Not only in memory.
        node.restart();
        node.awaitState(id, ServerState.RUNNING);
        assertThat(stored(id)).contains("got: after it");
    }

    @Test
    void aServerCanBeDeletedToMakeRoom() throws Exception {
        var id = running();
        disk.fill(node.volume(id).resolve("big"));
        node.server(id).delete();
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
        assertThat(node.volume(id)).doesNotExist();
        disk.free();
        node.restart();
        assertThat(node.node().servers()).isEmpty();
    }

    @Test
    void whatCannotBeStoredIsRefusedAndChangesNothing() throws Exception {
        var id = running();
        var before = node.server(id).details().configuration();
        disk.fill();
        node.panel.configurations.put(id, large(id));
        assertThatThrownBy(() -> node.server(id).sync())
                .isInstanceOf(RookeryException.class)
                .hasMessageContaining("full");
        assertThat(node.server(id).details().configuration()).isEqualTo(before);
        var another = node.define(TestNode.GAME, "true");
        node.panel.configurations.put(another, large(another));
        assertThatThrownBy(() -> node.node().createServer(new CreateServer(another, false)))
                .isInstanceOf(RookeryException.class)
                .hasMessageContaining("full");
        assertThat(node.node().servers()).hasSize(1);
        disk.free();
        node.restart();
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).sync();
        assertThat(node.server(id).details().configuration().environment()).hasSizeGreaterThan(1000);
    }

    @Test
    void anInstallationThatFillsTheDiskFailsAndIsReportedOnce() throws Exception {
        node = new TestNode(disk.directory().resolve("node"));
        var id = node.define(TestNode.GAME, "cat /dev/zero > /mnt/server/big");
        node.node().createServer(new CreateServer(id, false));
        await("the end of the installation")
                .atMost(LATER)
                .until(() -> node.server(id).details().state().equals(ServerState.OFFLINE)
                        && Files.exists(node.volume(id).resolve("big"))
                        && TestNode.docker("ps", "-aq", "--filter", "name=" + id + "_installer")
                                .isEmpty());
        Files.delete(node.volume(id).resolve("big"));
        node.awaitReport(id);
        assertThat(node.panel.installs).hasSize(1);
        assertThat(node.panel.installs.get(0).report().successful()).isFalse();

        node.panel.scripts.put(id, TestNode.script("echo there is room"));
        node.server(id).reinstall();
        await("the second report").atMost(LATER).until(() -> node.panel.installs.size() == 2);
        assertThat(node.panel.installs.get(1).report().successful()).isTrue();
        assertThat(node.server(id).installLog()).contains("there is room");
    }

    @Test
    void aFileThatDoesNotFitLeavesTheOldOne() throws Exception {
        var id = running();
        var files = node.server(id).files();
        files.write("a.txt", Content.of("old".getBytes(StandardCharsets.UTF_8)));
        files.write("big", Content.of(new byte[1 << 20]));
        disk.fill();
        assertThatThrownBy(() -> files.write("a.txt", Content.of(new byte[1 << 20])))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a.txt")
                .hasMessageContaining("disk space");
        assertThatThrownBy(() -> files.copy("big"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("disk space");
        try (var content = files.read("a.txt");
                var stream = content.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo("old".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(node.volume(id).toFile().list()).containsExactlyInAnyOrder("a.txt", "big");
        disk.free();
        files.write("a.txt", Content.of(new byte[1 << 20]));
    }

    @Test
    void aNodeThatEndsWhileItIsFullHasEverythingAfterwards() throws Exception {
        var id = running();
        disk.fill();
        node.restart(() -> {
            disk.free();
            return "";
        });
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.OFFLINE);
    }

    @Test
    void theNodesOwnConfigurationIsTheOldOneOrTheNewOne() throws Exception {
        var file = Files.writeString(disk.directory().resolve("config.yml"), """
                uuid: 5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c
                token_id: AbCdEfGh12345678
                token: %s
                remote: https://panel.example.com
                api:
                  host: 127.0.0.1
                  port: 0
                system:
                  root_directory: %s
                  sftp: {bind_address: 127.0.0.1, bind_port: 0}
                """.formatted(
                        "t".repeat(64), disk.directory().resolve("node")));
        var config = ConfigFile.read(file, Map.of());
        try (var daemon = Daemon.builder(config.options(), new MemoryPanel())
                .configurationFile(file)
                .build()) {
            daemon.start();
            var before = Files.readString(file);
            disk.fill();
            assertThat(update(daemon).statusCode()).isGreaterThanOrEqualTo(500);
            assertThat(Files.readString(file)).isEqualTo(before);
            disk.free();
            assertThat(update(daemon).statusCode()).isEqualTo(200);
            assertThat(Files.readString(file)).contains("upload_limit: 256");
        }
    }

    private static HttpResponse<String> update(Daemon daemon) throws Exception {
        var url =
                URI.create("http://127.0.0.1:" + daemon.address().orElseThrow().getPort() + "/api/update");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString("{\"api\":{\"upload_limit\":256}}"))
                                .header("Authorization", "Bearer " + "t".repeat(64))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static ServerConfiguration large(ServerId id) {
        var variables = new HashMap<String, String>();
        for (int i = 0; i < 2000; i++) {
            variables.put("VARIABLE_" + i, "x".repeat(1000));
        }
        return TestNode.configuration(
                id,
                TestNode.GAME,
                settings -> settings.environment(variables),
                new ProcessConfiguration.Stop("command", "stop"));
    }

    private void say(ServerId id, RecordingConsole console, String text) {
        node.server(id).sendCommands(List.of(text));
        await().atMost(LATER).until(() -> console.lines().contains("got: " + text));
    }

    private List<String> stored(ServerId id) {
        return node
                .server(id)
                .consoleHistory(ConsoleHistoryQuery.builder().limit(500).build())
                .lines()
                .stream()
                .map(ConsoleHistoryPage.Line::text)
                .toList();
    }

    private ServerState lastReported(ServerId id) {
        var states = node.panel.statesOf.get(id);
        return states.get(states.size() - 1).newState();
    }
}
