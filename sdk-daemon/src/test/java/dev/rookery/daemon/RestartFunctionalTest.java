package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that ends and starts again while its servers run, in one JVM. */
@Tag("docker")
class RestartFunctionalTest {

    private static final String COUNTER =
            "echo 'Done ('; i=0; while true; do i=$((i+1)); echo \"count $i\"; " + "usleep 5000; done";

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
    void numbersLinesWithoutAHoleOverRestarts() throws InterruptedException {
        var id = node.install(COUNTER, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        for (int round = 0; round < 3; round++) {
            Thread.sleep(300);
            long known = lastNumber(node.console(id, ConsoleOptions.after(0)));
            node.restart();
            node.awaitState(id, ServerState.RUNNING);
            var console = node.console(id, ConsoleOptions.after(0));
            await().atMost(Duration.ofSeconds(10)).until(() -> lastNumber(console) > known + 50);
            assertCounted(console);
        }
        node.server(id).power(PowerAction.KILL);
        node.awaitState(id, ServerState.OFFLINE);
    }

    @Test
    void commandsReachAServerThatWasTakenUpAgain() {
        var id = node.install(TestNode.GAME, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        node.restart();
        node.awaitState(id, ServerState.RUNNING);
        var console = node.console(id, ConsoleOptions.live());
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
            node.server(id).sendCommands(List.of("ping"));
            return true;
        });
        await().atMost(Duration.ofSeconds(10)).until(() -> console.lines().contains("got: ping"));
        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.OFFLINE);
    }

    @Test
    void startsAgainWhatRanAndIsGone() throws IOException {
        var id = node.install(TestNode.GAME, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        node.panel.away = true;
        node.restart(() -> TestNode.docker("rm", "-f", id.toString()));
        node.awaitState(id, ServerState.RUNNING);
        assertThat(node.server(id).logs(100)).isNotEmpty();
    }

    @Test
    void followsAnInstallationThatRunsToItsEnd() {
        var id = node.define(TestNode.GAME, "for i in 1 2 3 4 5 6; do echo step $i; sleep 1; done");
        node.node().createServer(new CreateServer(id, true));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.server(id).installLog().contains("step 2"));
        node.restart();
        node.awaitReport(id);
        assertThat(node.panel.installs).hasSize(1);
        assertThat(node.panel.installs.get(0).report().successful()).isTrue();
        assertThat(node.server(id).installLog().lines())
                .containsExactly("step 1", "step 2", "step 3", "step 4", "step 5", "step 6");
        node.awaitState(id, ServerState.RUNNING);
    }

    @Test
    void deliversReportsOnceThePanelIsBack() throws InterruptedException {
        var id = node.define(TestNode.GAME, "sleep 1");
        node.node().createServer(new CreateServer(id, false));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> TestNode.docker("ps", "-q", "--filter", "name=" + id + "_installer")
                                .length()
                        > 0);
        node.panel.away = true;
        Thread.sleep(2500);
        node.restart();
        assertThat(node.panel.installs).isEmpty();
        node.panel.away = false;
        node.awaitReport(id);
        assertThat(node.panel.installs).hasSize(1);
    }

    private static long lastNumber(RecordingConsole console) {
        await().until(() -> !console.numbers().isEmpty());
        var numbers = console.numbers();
        return numbers.get(numbers.size() - 1);
    }

    private static void assertCounted(RecordingConsole console) {
        var numbers = console.numbers();
        var lines = console.lines().stream()
                .filter(line -> line.startsWith("count "))
                .map(line -> Long.parseLong(line.substring(6)))
                .toList();
        for (int i = 1; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
        }
        for (int i = 1; i < lines.size(); i++) {
            assertThat(lines.get(i)).as("line after %s", lines.get(i - 1)).isEqualTo(lines.get(i - 1) + 1);
        }
    }
}
