package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.ProcessConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a crash, on a real engine. */
@Tag("docker")
class CrashDetectionFunctionalTest {

    /** Ends badly at "stop", as many games do that are not asked by their host. */
    private static final String RUDE =
            "echo 'Done (0.1s)!'; while read line; do [ \"$line\" = stop ] && exit 3; [ \"$line\" = crash ] && exit 7; done";

    private static final String BANNER = "crashed state";

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
    void aCrashIsAnsweredWithAStart() throws IOException {
        var id = running(RUDE);
        var console = node.console(id, ConsoleOptions.after(0));
        var before = startedAt(id);
        node.server(id).sendCommands(List.of("crash"));
        awaitAnotherProcess(id, before);
        assertThat(says(console, BANNER)).isTrue();
        assertThat(says(console, "Exit code: 7")).isTrue();
        assertThat(says(console, "Out of memory: false")).isTrue();
    }

    @Test
    void theStopCommandThatAUserTypesIsNoCrash() throws IOException {
        var id = running(RUDE);
        var console = node.console(id, ConsoleOptions.after(0));
        node.server(id).sendCommands(List.of("stop"));
        node.awaitState(id, ServerState.OFFLINE);
        assertThat(says(console, BANNER)).isFalse();
        assertThat(TestNode.docker("inspect", "-f", "{{.State.ExitCode}}", id.toString()))
                .isEqualTo("3");
    }

    @Test
    void aStopAndTheExitThatCrossesItAreNoCrash() {
        var id = running(RUDE);
        var console = node.console(id, ConsoleOptions.after(0));
        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.OFFLINE);
        assertThat(says(console, BANNER)).isFalse();
    }

    @Test
    void wantOfMemoryIsACrashThatIsCalledByItsName() throws IOException {
        var id = running(
                "echo 'Done (0.1s)!'; read line; exec tail /dev/zero",
                settings -> settings.build(
                        Build.builder().memoryMebibytes(16).swapMebibytes(0).build()));
        var console = node.console(id, ConsoleOptions.after(0));
        var before = startedAt(id);
        node.server(id).sendCommands(List.of("go"));
        awaitAnotherProcess(id, before);
        assertThat(says(console, "Out of memory: true")).isTrue();
    }

    @Test
    void aKillBehindOurBackIsACrash() throws IOException {
        var id = running(RUDE);
        var console = node.console(id, ConsoleOptions.after(0));
        var before = startedAt(id);
        TestNode.docker("kill", id.toString());
        awaitAnotherProcess(id, before);
        assertThat(says(console, "Exit code: 137")).isTrue();
    }

    @Test
    void aContainerRemovedBehindOurBackIsMadeAgain() throws IOException {
        var id = running(RUDE);
        var console = node.console(id, ConsoleOptions.after(0));
        var before = TestNode.docker("inspect", "-f", "{{.Id}}", id.toString());
        TestNode.docker("rm", "-f", id.toString());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.server(id).details().state().equals(ServerState.RUNNING)
                        && !TestNode.docker("inspect", "-f", "{{.Id}}", id.toString())
                                .equals(before));
        assertThat(says(console, BANNER)).isTrue();
    }

    private ServerId running(String startup) {
        return running(startup, settings -> settings);
    }

    private ServerId running(String startup, UnaryOperator<dev.rookery.api.panel.ServerSettingsBuilder> change) {
        var id = node.define(startup, "true", change, new ProcessConfiguration.Stop("command", "stop"));
        node.node().createServer(new dev.rookery.api.node.CreateServer(id, true));
        node.awaitState(id, ServerState.RUNNING);
        return id;
    }

    private void awaitAnotherProcess(ServerId id, String before) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.server(id).details().state().equals(ServerState.RUNNING)
                        && !startedAt(id).equals(before));
    }

    private static String startedAt(ServerId id) throws IOException {
        return TestNode.docker("inspect", "-f", "{{.State.StartedAt}}", id.toString());
    }

    private static boolean says(RecordingConsole console, String text) {
        return console.of(ConsoleEvent.DaemonMessage.class)
                .anyMatch(message -> message.text().contains(text));
    }
}
