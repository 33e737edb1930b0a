package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.engine.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector as a process: a script in its place, and a real one that reaches nobody. */
class CloudflaredProcessTest {

    private static final String SECRET = "connector-canary-77";

    @TempDir
    Path folder;

    @Test
    void handsTheTokenOverByAFileOnly() throws Exception {
        var program = folder.resolve("cloudflared");
        Files.writeString(program, """
                #!/bin/sh
                dir="$(dirname "$0")"
                echo "$@" > "$dir/arguments.tmp"
                env > "$dir/environment"
                cat "$TUNNEL_TOKEN_FILE" > "$dir/token"
                mv "$dir/arguments.tmp" "$dir/arguments"
                exec sleep 600
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        try (var connector =
                new CloudflaredProcess(CloudflaredOptions.of(program, folder.resolve("own"), "127.0.0.1:1"))) {
            connector.start(SECRET);
            until(() -> Files.exists(folder.resolve("arguments")));

            assertThat(Files.readString(folder.resolve("arguments")))
                    .contains("tunnel --metrics 127.0.0.1:1")
                    .doesNotContain(SECRET);
            assertThat(Files.readString(folder.resolve("environment"))).doesNotContain(SECRET);
            assertThat(Files.readString(folder.resolve("token"))).isEqualTo(SECRET);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("own/connector-token"))))
                    .isEqualTo("rw-------");
            assertThat(connector.status().running()).isTrue();
            assertThat(connector.status().ready()).isFalse();
            connector.stop();
            assertThat(connector.status().running()).isFalse();
            assertThat(folder.resolve("own/connector-token")).doesNotExist();
        }
    }

    @Test
    void whoeverAsksDoesNotWaitForOneThatStops() throws Exception {
        var program = folder.resolve("cloudflared");
        Files.writeString(program, """
                #!/bin/sh
                dir="$(dirname "$0")"
                trap 'touch "$dir/asked"' TERM
                touch "$dir/ready"
                while [ ! -e "$dir/end" ]; do sleep 0.05; done
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        var options =
                new CloudflaredOptions(program, folder.resolve("own"), "127.0.0.1:1", List.of(), Duration.ofMinutes(1));
        try (var connector = new CloudflaredProcess(options)) {
            connector.start(SECRET);
            until(() -> Files.exists(folder.resolve("ready")));
            var stop = CompletableFuture.runAsync(connector::stop);
            try {
                until(() -> Files.exists(folder.resolve("asked")));

                assertThat(connector.status().running()).isTrue();
                assertThat(stop).as("it still stops").isNotDone();
            } finally {
                Files.createFile(folder.resolve("end"));
            }
            assertThat(stop).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void tellsHowAConnectorEndedByItself() throws Exception {
        try (var connector = new CloudflaredProcess(
                CloudflaredOptions.of(Path.of("/bin/false"), folder.resolve("own"), "127.0.0.1:1"))) {
            connector.start(SECRET);
            until(() -> !connector.status().running());

            assertThat(connector.status().exitCode()).hasValue(1);
        }
    }

    @Test
    void refusesTokensAmongArguments() {
        assertThatThrownBy(() -> new CloudflaredOptions(
                        Path.of("cloudflared"), folder, "127.0.0.1:1", List.of("--token=x"), Duration.ZERO))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    @Tag("cloudflared")
    void runsARealConnectorThatReachesNobody() throws Exception {
        int port = FreePorts.of(1)[0];
        try (var connector = new CloudflaredProcess(RealCloudflared.options(folder.resolve("own"), port))) {
            connector.start(RealCloudflared.TOKEN);
            until(() -> Files.exists(folder.resolve("own/cloudflared.log")) && answers(port));

            assertThat(connector.status())
                    .isEqualTo(new ConnectorStatus(
                            true, false, 0, java.util.OptionalLong.empty(), java.util.OptionalInt.empty()));
            assertThat(Files.readString(folder.resolve("own/cloudflared.log"))).doesNotContain(RealCloudflared.TOKEN);
        }
    }

    private static boolean answers(int port) {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException ignored) {
            // Not yet.
            return false;
        }
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
