package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.build.tiers.SecondLane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that is killed like {@code kill -9} does while it writes, copies, moves and edits files: each is the old or the new one, and what is
 * unfinished is gone after the next start.
 */
@Tag("faults")
@SecondLane
class KilledFilesFunctionalTest {

    private static final int SIZE = 2 << 20;
    private static final String REST = "key=value\n".repeat(50_000);

    @TempDir
    Path root;

    private final UUID uuid = UUID.randomUUID();
    private final ServerId server = ServerId.random();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random();
    private final AtomicInteger written = new AtomicInteger();
    private EdgeProgram.Running node;

    @BeforeEach
    void prepare() throws IOException {
        var volume = Files.createDirectories(volume().resolve("here")).getParent();
        Files.writeString(volume.resolve("here/moved"), "moved");
        Files.write(volume.resolve("file"), new byte[SIZE]);
        Files.writeString(volume.resolve("server.properties"), "stamp=0\n" + REST);
        node = EdgeProgram.Running.launch(root, uuid, server);
    }

    @AfterEach
    void kill() throws InterruptedException {
        node.kill();
    }

    @Test
    void leavesOldOrNewFilesAndNothingElse() throws Exception {
        rounds(3);
    }

    @Test
    @Tag("soak")
    void leavesOldOrNewFilesAndNothingElseAHundredTimes() throws Exception {
        rounds(100);
        System.out.println("RESULT: 100 nodes killed among " + written + " answered writes, copies, moves and starts:"
                + " every file old or new, nothing unfinished left");
    }

    private void rounds(int count) throws Exception {
        for (int round = 0; round < count; round++) {
            int before = written.get();
            var threads = List.of(
                    new Thread(() -> untilKilled(this::write)),
                    new Thread(() -> untilKilled(this::copy)),
                    new Thread(() -> untilKilled(this::move)),
                    new Thread(() -> untilKilled(this::start)));
            threads.forEach(Thread::start);
            await().atMost(Duration.ofSeconds(60)).until(() -> written.get() > before + 8);
            LockSupport.parkNanos(random.nextInt(200_000_000));
            node.kill();
            for (var thread : threads) {
                thread.join();
            }
            check();
            node = EdgeProgram.Running.launch(root, uuid, server);
            // The server may be started again, and its files edited.
            await().atMost(Duration.ofSeconds(60)).until(this::nothingUnfinished);
            check();
            for (var copy : names()) {
                if (copy.startsWith("file copy")) {
                    Files.delete(volume().resolve(copy));
                }
            }
        }
    }

    private void check() throws IOException {
        for (var name : names()) {
            if (name.startsWith("file")) {
                var content = Files.readAllBytes(volume().resolve(name));
                assertThat(content).as(name).hasSize(SIZE);
                var whole = new byte[SIZE];
                Arrays.fill(whole, content[0]);
                assertThat(Arrays.equals(content, whole)).as(name).isTrue();
            } else {
                assertThat(name).isIn("here", "there", "server.properties");
            }
        }
        var moved = List.of(volume().resolve("here/moved"), volume().resolve("there/moved"));
        assertThat(moved.stream().filter(Files::exists)).hasSize(1);
        var lines = Files.readString(volume().resolve("server.properties")).split("\n", 2);
        assertThat(lines[0]).matches("stamp=\\d+");
        assertThat(lines[1]).isEqualTo(REST);
    }

    private boolean nothingUnfinished() throws IOException {
        var folder = volume().resolveSibling(".rookery-unfinished").resolve(server.toString());
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(volume())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void write() throws Exception {
        var content = new byte[SIZE];
        Arrays.fill(content, (byte) random.nextInt());
        ask("POST", "/files/write?file=file", BodyPublishers.ofByteArray(content));
    }

    private void copy() throws Exception {
        ask("POST", "/files/copy", BodyPublishers.ofString("{\"location\":\"file\"}"));
    }

    private void move() throws Exception {
        for (var way : new ArrayList<>(
                List.of("\"here/moved\",\"to\":\"there/moved\"", "\"there/moved\",\"to\":\"here/moved\""))) {
            var body = "{\"root\":\"/\",\"files\":[{\"from\":" + way + "}]}";
            ask("PUT", "/files/rename", BodyPublishers.ofString(body));
        }
    }

    private void start() throws Exception {
        for (var action : List.of("start", "kill")) {
            ask("POST", "/power", BodyPublishers.ofString("{\"action\":\"" + action + "\"}"));
        }
    }

    private void ask(String method, String path, HttpRequest.BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.port() + "/api/servers/" + server + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", EdgeProgram.CREDENTIALS.panelToNode())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        if (http.send(request, BodyHandlers.ofString()).statusCode() < 300) {
            written.incrementAndGet();
        }
    }

    private static void untilKilled(Step step) {
        try {
            while (true) {
                step.run();
            }
        } catch (Exception killed) {
            // Nobody listens any more.
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private Path volume() {
        return root.resolve("volumes").resolve(server.toString());
    }
}
