package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.build.tiers.SecondLane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is killed like {@code kill -9} does while it packs and unpacks: old or new, nothing left, and said once. */
@Tag("docker")
@Tag("faults")
@SecondLane
class KilledArchiveFunctionalTest {

    private static final int FILES = 40;

    @TempDir
    Path root;

    private final UUID uuid = UUID.randomUUID();
    private final ServerId server = ServerId.random();
    private Path files;
    private NodeProcess node;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(root.resolve("panel"));
        Files.write(
                root.resolve("panel").resolve(server + ".json"),
                WireJson.write(TestNode.configuration(server, "true")));
        Files.write(root.resolve("panel").resolve(server + ".script.json"), WireJson.write(TestNode.script("true")));
        files = root.resolve("volumes").resolve(server.toString());
        launch();
        ask("create " + server);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.isDirectory(files));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ask("state " + server).equals("offline"));
        var random = new Random(1);
        Files.createDirectories(files.resolve("tree"));
        for (int i = 0; i < FILES; i++) {
            var bytes = new byte[1 << 20];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (bytes[j] & 0x1f);
            }
            Files.write(files.resolve("tree/" + i), bytes);
        }
    }

    @AfterEach
    void stop() throws Exception {
        node.kill();
        TestNode.docker("rm", "-fv", server.toString());
        TestNode.docker("rm", "-fv", server + "_installer");
        TestNode.docker("network", "rm", TestNode.networkName(uuid));
    }

    @Test
    void whatIsPackedOrUnpackedIsOldOrNewWheneverTheNodeIsKilled() throws Exception {
        assertThat(ask("compressed " + server + " whole")).isEqualTo("done");
        int cut = 0;
        for (int delay : new int[] {20, 200, 600}) {
            ask("compress " + server + " cut" + delay);
            Thread.sleep(delay);
            cut += restarted();
            requireWholeOrAbsent("cut" + delay + ".tar.gz");

            for (int i = 0; i < FILES; i++) {
                Files.writeString(files.resolve("tree/" + i), "old");
            }
            ask("decompress " + server + " whole.tar.gz");
            Thread.sleep(delay);
            cut += restarted();
            long first = Files.size(files.resolve("tree/0"));
            assertThat(first).isIn(3L, 1L << 20);
            for (int i = 0; i < FILES; i++) {
                // All of them are old, or all are new.
                assertThat(Files.size(files.resolve("tree/" + i)))
                        .as("file %d", i)
                        .isEqualTo(first);
            }
            assertThat(ask("decompressed " + server + " whole.tar.gz")).isEqualTo("done");
        }
        // However quick the machine is: some of them did not come to their end.
        assertThat(cut).isPositive();
    }

    /** Kills the node and starts it again; returns how many jobs were cut off by that. */
    private int restarted() throws Exception {
        node.kill();
        launch();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !ask("jobs " + server).contains("RUNNING"));
        var jobs = ask("jobs " + server);
        assertThat(jobs).doesNotContain("WAITING").doesNotContain("RUNNING");
        var newest = List.of(jobs.split(",", -1)).get(0);
        try (var left = Files.list(files)) {
            assertThat(left).noneMatch(file -> file.getFileName().toString().startsWith(".rookery-"));
        }
        // It is said once, and stays as it is.
        assertThat(ask("jobs " + server)).isEqualTo(jobs);
        return newest.contains("FAILED") ? 1 : 0;
    }

    private void requireWholeOrAbsent(String name) throws IOException {
        if (Files.exists(files.resolve(name))) {
            assertThat(ask("decompressed " + server + " " + name)).isEqualTo("done");
        }
    }

    private void launch() throws IOException {
        node = NodeProcess.launch(root, uuid);
    }

    private String ask(String line) throws IOException {
        var lines = node.ask(line);
        return lines.get(lines.size() - 1);
    }
}
