package dev.rookery.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NodeId;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.config.ConfigWriter;
import dev.rookery.testing.Eventually;
import dev.rookery.wings.HttpPanel;
import dev.rookery.wings.PanelEnrolment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel and a real node, each behind its socket: enrolled, then a server from its egg to its end. */
@Tag("docker")
class RealNodeTest {

    private static final Path EGG = Path.of("../panel/src/main/resources/eggs/echo.json");

    @Test
    void createsAndRunsAServerOnARealNode(@TempDir Path root) throws IOException {
        try (var panel = new RunningPanel()) {
            int port = freePort();
            int serverPort = freePort();
            var issued = panel.post(
                    "/panel/nodes",
                    Map.of("name", "local", "url", "http://127.0.0.1:" + port, "ip", "127.0.0.1", "ports", serverPort));
            var key = issued.path("key").asString();
            try (var daemon = enrolled(panel.uri(""), issued.path("node").asInt(), key, root)) {
                daemon.start();
                drive(panel, issued.path("node").asString());
            }
        }
    }

    private static void drive(RunningPanel panel, String node) throws IOException {
        var egg = panel.importEgg(Files.readString(EGG)).path("id").asString();
        var server = panel.post("/panel/servers", Map.of("name", "Echo", "node", node, "egg", egg))
                .path("id")
                .asString();
        try (var console = panel.console(server)) {
            panel.awaitStatus(server, "READY");

            panel.power(server, "start");
            console.await("Ready for commands");
            panel.awaitState(server, "running");

            panel.upload(server, "notes/today.txt", "kept on the node");
            assertThat(panel.download(server, "notes/today.txt")).isEqualTo("kept on the node");

            panel.command(server, "say hello");
            console.await("You say: hello");

            panel.power(server, "stop");
            console.await("Goodbye.");
            panel.awaitState(server, "offline");
            assertThat(console.numbers()).isSorted().doesNotHaveDuplicates();
            assertThat(console.numbers().get(0)).isEqualTo(1);

            assertThat(panel.send(panel.request("/panel/servers/" + server).DELETE())
                            .statusCode())
                    .isEqualTo(200);
            console.await("event:closed");
        }
        Eventually.holds(
                "deleted",
                Duration.ofSeconds(60),
                () -> panel.get("/panel").path("servers").isEmpty());
    }

    /** Does what {@code rookery-node configure} and {@code rookery-node} do. */
    private static Daemon enrolled(URI panelUrl, int node, String key, Path root) throws IOException {
        var client = new OkHttpClient();
        var options = CallOptions.deadline(Duration.ofSeconds(30));
        var document = PanelEnrolment.fetch(client, panelUrl, new NodeId(node), key, options);
        var settings = Map.of(
                "system.root_directory",
                root.toString(),
                "system.log_directory",
                root.resolve("log").toString(),
                "system.sftp.bind_port",
                "0",
                // The panel's own name, where the node comes by another way.
                "allowed_origins",
                "['" + RunningPanel.URL + "']");
        DaemonOptions config = ConfigWriter.write(root.resolve("config.yml"), document, panelUrl, settings)
                .options();
        var panel = HttpPanel.builder(panelUrl, config.credentials().orElseThrow())
                .client(client)
                .build();
        return Daemon.builder(config, panel).build();
    }

    /** The panel is told the node's port before the node knows its secret, so it cannot be 0. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
