package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.panel.ProcessConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installations on a real engine: the bound, secrets, and what is left over. */
@Tag("docker")
class InstallFunctionalTest {

    private static final String SECRET = "hunter2-hunter2";

    @TempDir
    Path root;

    private TestNode node;

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void waitsForAPlaceAndCanBeEndedWhileItWaits() {
        node = new TestNode(
                root,
                options -> options.power(
                        PowerOptions.builder().concurrentInstalls(1).build()));
        var second = node.install(TestNode.GAME, "true");
        var third = node.install(TestNode.GAME, "true");
        node.panel.scripts.put(second, TestNode.script("echo second > /mnt/server/second"));
        node.panel.scripts.put(third, TestNode.script("echo third > /mnt/server/third"));
        var first = create("echo begun; while [ ! -e /mnt/server/go ]; do sleep 0.1; done");
        awaitLog(first, "begun");
        reinstallBehind(second, 0);
        reinstallBehind(third, 1);
        node.server(third).power(PowerAction.KILL);
        awaitReports(third, 2);
        assertThat(successful(third)).isFalse();
        node.server(first).power(PowerAction.KILL);
        awaitReports(second, 2);
        assertThat(successful(second)).isTrue();
        awaitReports(first, 1);
        assertThat(successful(first)).isFalse();
        assertThat(node.volume(second).resolve("second")).exists();
        assertThat(node.volume(third).resolve("third")).doesNotExist();
    }

    @Test
    void whatTakesTooLongIsEndedAndReportedAsFailed() throws IOException {
        node = new TestNode(
                root,
                options -> options.power(PowerOptions.builder()
                        .installTimeout(Duration.ofSeconds(2))
                        .build()));
        var id = create("echo begun; sleep 600");
        node.awaitReport(id);
        assertThat(successful(id)).isFalse();
        assertThat(node.server(id).installLog()).contains("begun");
        assertThat(TestNode.docker("ps", "-aq", "--filter", "name=" + id)).isEmpty();
    }

    @Test
    void anExitCodeOtherThanZeroIsAFailure() {
        node = new TestNode(root);
        var id = create("echo begun; exit 4");
        node.awaitReport(id);
        assertThat(successful(id)).isFalse();
    }

    @Test
    void keepsSecretsOutOfTheLogAndOffTheConsole() throws IOException {
        node = new TestNode(root);
        var id = node.define(
                TestNode.GAME,
                "env; echo \"login with $STEAM_PASSWORD please\"; echo \"name is $NAME\"; sleep 1",
                settings -> settings.environment(Map.of("STEAM_PASSWORD", SECRET, "NAME", "not-a-secret")),
                new ProcessConfiguration.Stop("command", "stop"));
        node.node().createServer(new CreateServer(id, false));
        var console = node.console(id, ConsoleOptions.after(0));
        node.awaitReport(id);
        assertThat(successful(id)).isTrue();
        assertThat(node.server(id).installLog())
                .contains("login with [redacted] please")
                .contains("name is not-a-secret")
                .doesNotContain(SECRET);
        await().until(() -> console.of(ConsoleEvent.InstallOutput.class)
                .anyMatch(line -> line.line().contains("login with")));
        assertThat(console.of(ConsoleEvent.InstallOutput.class).map(ConsoleEvent.InstallOutput::line))
                .noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void anInstallContainerThatNobodyKnowsIsEndedAtBoot() throws IOException {
        node = new TestNode(root);
        var running = create("echo begun; while [ ! -e /mnt/server/go ]; do sleep 0.1; done; echo end");
        awaitLog(running, "begun");
        var stranger = ServerId.random();
        node.restart(() -> {
            leave(stranger + "_installer");
            return leave(stranger.toString());
        });
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> TestNode.docker("ps", "-aq", "--filter", "name=" + stranger + "_installer")
                            .isEmpty());
            // What is known goes on, and what may be somebody's server stays.
            assertThat(TestNode.docker("ps", "-q", "--filter", "name=" + running + "_installer"))
                    .isNotEmpty();
            assertThat(TestNode.docker("ps", "-q", "--filter", "name=" + stranger))
                    .isNotEmpty();
            Files.createFile(node.volume(running).resolve("go"));
            node.awaitReport(running);
            assertThat(successful(running)).isTrue();
        } finally {
            TestNode.docker("rm", "-fv", stranger.toString());
            TestNode.docker("rm", "-fv", stranger + "_installer");
        }
    }

    private String leave(String name) throws IOException {
        var answer = TestNode.docker(
                "run",
                "-d",
                "--network",
                "none",
                "--name",
                name,
                "--label",
                "dev.rookery.node=" + node.options.nodeUuid(),
                TestNode.IMAGE.substring(1),
                "sleep",
                "300");
        assertThat(answer).as("what the engine answers").matches("[0-9a-f]{64}");
        return answer;
    }

    private ServerId create(String script) {
        var id = node.define(TestNode.GAME, script);
        node.node().createServer(new CreateServer(id, false));
        return id;
    }

    private void awaitLog(ServerId id, String text) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> node.server(id).installLog().contains(text));
    }

    private void reinstallBehind(ServerId id, int others) {
        var console = node.console(id, ConsoleOptions.after(0));
        node.server(id).reinstall();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                        .anyMatch(line -> line.text().contains("waits for a place (" + others + " before it)")));
    }

    private void awaitReports(ServerId id, int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> reports(id).size() == count);
    }

    private List<MemoryPanel.Reported> reports(ServerId id) {
        return node.panel.installs.stream()
                .filter(reported -> reported.server().equals(id))
                .toList();
    }

    private boolean successful(ServerId id) {
        var reports = reports(id);
        return reports.get(reports.size() - 1).report().successful();
    }
}
