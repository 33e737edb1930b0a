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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is killed like {@code kill -9} does, and started again. */
@Tag("docker")
@Tag("faults")
@SecondLane
class KilledNodeFunctionalTest {

    private static final String COUNTER =
            "echo 'Done ('; i=0; while true; do i=$((i+1)); echo \"count $i\"; usleep 5000; done";

    @TempDir
    Path root;

    private final UUID uuid = UUID.randomUUID();
    private final List<ServerId> servers = new ArrayList<>();
    private NodeProcess node;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(root.resolve("panel"));
        launch();
    }

    @AfterEach
    void stop() throws Exception {
        node.kill();
        for (var id : servers) {
            TestNode.docker("rm", "-fv", id.toString());
            TestNode.docker("rm", "-fv", id + "_installer");
        }
        TestNode.docker("network", "rm", TestNode.networkName(uuid));
    }

    @Test
    void anInstallationEndsAndIsReportedOnceWheneverTheNodeIsKilled() throws Exception {
        for (int delay : new int[] {0, 60, 150, 300, 500, 800, 1300}) {
            var id = define("true", "echo run >> /mnt/server/runs; sleep 3; echo end");
            ask("create " + id);
            Thread.sleep(delay);
            node.kill();
            launch();
            await().atMost(Duration.ofSeconds(40)).until(() -> !reports(id).isEmpty());
            Thread.sleep(300);
            assertThat(reports(id)).as("killed after %d ms", delay).containsExactly(id + " true");
            assertThat(Files.readString(
                            root.resolve("volumes").resolve(id.toString()).resolve("runs")))
                    .as("killed after %d ms", delay)
                    .isEqualTo("run\n");
            assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
        }
    }

    @Test
    void aRunningServerIsTakenUpWithoutAHoleInItsConsole() throws Exception {
        var id = define(COUNTER, "true");
        ask("create " + id);
        await().atMost(Duration.ofSeconds(30)).until(() -> !reports(id).isEmpty());
        ask("power " + id + " start");
        awaitState(id, "running");
        var known = new HashMap<Long, String>();
        for (int round = 0; round < 3; round++) {
            var lines = console(id);
            assertContinues(lines);
            for (var line : lines) {
                var before = known.put(line.number(), line.text());
                assertThat(before == null || before.equals(line.text()))
                        .as("line %d", line.number())
                        .isTrue();
            }
            node.kill();
            Thread.sleep(700);
            launch();
            awaitState(id, "running");
        }
        ask("power " + id + " kill");
        awaitState(id, "offline");
    }

    private void assertContinues(List<Line> lines) {
        assertThat(lines).hasSizeGreaterThan(50);
        for (int i = 1; i < lines.size(); i++) {
            assertThat(lines.get(i).number()).isEqualTo(lines.get(i - 1).number() + 1);
            if (lines.get(i - 1).text().startsWith("count ")) {
                assertThat(lines.get(i).count()).isEqualTo(lines.get(i - 1).count() + 1);
            }
        }
    }

    private ServerId define(String startup, String script) throws IOException {
        var id = ServerId.random();
        var configuration = TestNode.configuration(id, startup);
        Files.write(root.resolve("panel").resolve(id + ".json"), WireJson.write(configuration));
        Files.write(root.resolve("panel").resolve(id + ".script.json"), WireJson.write(TestNode.script(script)));
        servers.add(id);
        return id;
    }

    private void launch() throws IOException {
        node = NodeProcess.launch(root, uuid);
    }

    private List<String> ask(String command) throws IOException {
        var lines = node.ask(command);
        assertThat(lines.get(lines.size() - 1)).doesNotStartWith("failed");
        return lines;
    }

    private void awaitState(ServerId id, String state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> ask("state " + id).contains(state));
    }

    private List<Line> console(ServerId id) throws IOException {
        return ask("console " + id).stream()
                .filter(line -> line.indexOf('\t') > 0)
                .map(line -> line.split("\t", 2))
                .filter(parts -> parts[0].chars().allMatch(Character::isDigit))
                .map(parts -> new Line(Long.parseLong(parts[0]), parts[1]))
                .toList();
    }

    private List<String> reports(ServerId id) throws IOException {
        var file = root.resolve("panel").resolve("reports");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(id.toString()))
                        .toList()
                : List.of();
    }

    private record Line(long number, String text) {
        long count() {
            return Long.parseLong(text.substring("count ".length()));
        }
    }
}
