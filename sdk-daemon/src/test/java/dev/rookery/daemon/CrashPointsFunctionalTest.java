package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.build.tiers.SecondLane;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that dies at every step of a creation, an installation, a report and a deletion, and is started again. */
@Tag("docker")
@Tag("faults")
@SecondLane
class CrashPointsFunctionalTest {

    @TempDir
    Path root;

    private final UUID uuid = UUID.randomUUID();
    private final List<ServerId> servers = new ArrayList<>();
    private Process process;
    private BufferedReader output;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(root.resolve("panel"));
    }

    @AfterEach
    void stop() throws Exception {
        process.destroyForcibly();
        process.waitFor();
        for (var id : servers) {
            TestNode.docker("rm", "-fv", id.toString());
            TestNode.docker("rm", "-fv", id + "_installer");
        }
        TestNode.docker("network", "rm", TestNode.networkName(uuid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create stored",
                "decided Install",
                "install begun",
                "install fetched",
                "install pulled",
                "install script",
                "install container",
                "install created",
                "install started",
                "install exited",
                "install owned",
                "install succeeded",
                "install removed",
                "decided ReportInstall",
                "report delivered",
                "report taken"
            })
    void anInstallationEndsOnce(String point) throws Exception {
        var id = define();
        launch(point);
        order("create " + id);
        awaitEnd();
        launch("");
        await().atMost(Duration.ofSeconds(60)).until(() -> !lines("reports", id).isEmpty());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ask("list x").contains(id + " offline")
                        && TestNode.docker("ps", "-aq", "--filter", "name=" + id)
                                .isEmpty());
        assertThat(lines("reports", id)).allMatch((id + " true")::equals);
        // Whoever delivers a report twice says that it is the same one.
        assertThat(lines("keys", id).stream().distinct()).hasSize(1);
        if (!point.equals("report delivered")) {
            assertThat(lines("reports", id)).hasSize(1);
        }
        assertThat(volume(id).resolve("runs")).hasContent("run\n");
        assertThat(root.resolve("tmp").resolve(id.toString())).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decided Remove",
                "delete containers",
                "delete files",
                "delete log",
                "delete console",
                "decided Forget"
            })
    void aDeletionEnds(String point) throws Exception {
        var id = define();
        launch(point);
        ask("create " + id);
        await().atMost(Duration.ofSeconds(60)).until(() -> !lines("reports", id).isEmpty());
        order("delete " + id);
        awaitEnd();
        launch("");
        await().atMost(Duration.ofSeconds(30)).until(() -> !ask("list x").contains(id.toString()));
        assertThat(volume(id)).doesNotExist();
        await().atMost(Duration.ofSeconds(30)).until(this::trashIsEmpty);
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
    }

    private ServerId define() throws IOException {
        var id = ServerId.random();
        var panel = root.resolve("panel");
        Files.write(panel.resolve(id + ".json"), WireJson.write(TestNode.configuration(id, "true")));
        Files.write(
                panel.resolve(id + ".script.json"),
                WireJson.write(TestNode.script("echo run >> /mnt/server/runs; sleep 0.3; echo end")));
        servers.add(id);
        return id;
    }

    private void launch(String point) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        NodeProgram.class.getName(),
                        root.toString(),
                        uuid.toString(),
                        point)
                .redirectError(new File(root.toFile(), "stderr"))
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
        answer();
    }

    private void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("the point was reached")
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
    }

    private void order(String command) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(command)
                .append('\n')
                .flush();
    }

    private String ask(String command) throws IOException {
        order(command);
        return answer();
    }

    private String answer() throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("= ")) {
                assertThat(line).doesNotStartWith("= failed");
                return line;
            }
        }
        throw new IOException("the node ended: " + Files.readString(root.resolve("stderr")));
    }

    private List<String> lines(String name, ServerId id) throws IOException {
        var file = root.resolve("panel").resolve(name);
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(id.toString()))
                        .toList()
                : List.of();
    }

    private Path volume(ServerId id) {
        return root.resolve("volumes").resolve(id.toString());
    }

    private boolean trashIsEmpty() throws IOException {
        var trash = root.resolve("volumes").resolve(".rookery-deleted");
        if (!Files.exists(trash)) {
            return true;
        }
        try (var left = Files.list(trash)) {
            return left.findAny().isEmpty();
        }
    }
}
