package dev.rookery.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.testing.Eventually;
import dev.rookery.wings.HttpPanel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command is the panel of our daemon on the real engine, tries everything and removes everything. */
@Tag("docker")
@Timeout(300)
class CheckRealNodeTest {

    private static final String NETWORK = "rookery_check";

    @TempDir
    Path folder;

    private final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());

    @Test
    void findsThatOurDaemonKeepsTheContracts() throws Exception {
        int panelPort = freePort();
        int nodePort = freePort();
        var token = Files.writeString(folder.resolve("token"), credentials.token());

        var run = CompletableFuture.supplyAsync(() -> RunProgram.with(
                "check-node",
                "--url",
                "http://127.0.0.1:" + nodePort,
                "--token-file",
                token.toString(),
                "--token-id",
                credentials.tokenId(),
                "--serve-panel",
                Integer.toString(panelPort),
                "--wait",
                "60"));
        Eventually.holds("the panel", Duration.ofSeconds(20), () -> listens(panelPort));
        try (var daemon = daemon(nodePort, URI.create("http://127.0.0.1:" + panelPort))) {
            daemon.start();

            var done = run.get(4, TimeUnit.MINUTES);

            assertThat(done.code()).as(done.errors() + done.output()).isZero();
            assertThat(done.output()).contains("numbered-console").contains("## Left behind\n\nNothing.");
            assertThat(daemon.node().servers()).isEmpty();
        }
    }

    private Daemon daemon(int port, URI panel) {
        var network = NetworkOptions.builder()
                .name(NETWORK)
                .networkMode(NETWORK)
                .bridgeName("rookery-ck0")
                .subnet("10.214.2.0/24")
                .gateway("10.214.2.1")
                .build();
        var options = DaemonOptions.builder(UUID.randomUUID(), folder.resolve("node"))
                .credentials(credentials)
                .panelUrl(panel)
                .api(ApiOptions.builder().host("127.0.0.1").port(port).build())
                .docker(DockerOptions.builder().network(network).build())
                .build();
        return Daemon.builder(options, HttpPanel.builder(panel, credentials).build())
                .build();
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException ignored) {
            // The answer to the question.
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
