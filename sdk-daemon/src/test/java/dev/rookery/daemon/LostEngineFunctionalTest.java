package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine ends when it goes down itself is no crash, and is started again when it is back. */
@Tag("docker")
class LostEngineFunctionalTest {

    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    Path root;

    private StallingEngine engine;
    private TestNode node;
    private ServerId id;
    private RecordingConsole console;

    @BeforeEach
    void start() throws IOException {
        var socket = root.resolve("engine.sock");
        engine = new StallingEngine(socket);
        var network = TestNode.options(UUID.randomUUID(), root).build().docker().network();
        node = new TestNode(
                root,
                options -> options.docker(DockerOptions.builder()
                        .network(network)
                        .socket("unix://" + socket)
                        .build()));
        id = node.install(TestNode.GAME, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        console = node.console(id, ConsoleOptions.after(0));
    }

    @AfterEach
    void stop() throws IOException {
        engine.gone(false);
        node.close();
        engine.close();
    }

    /** An engine that is stopped ends its containers first, and says no reason. The end may be heard before the loss, or only afterwards. */
    @Test
    void whatEndedJustBeforeTheEngineWasLost() throws IOException {
        var before = startedAt();
        TestNode.docker("kill", id.toString());
        engine.gone(true);
        // No engine is back at once, and there is nothing else to wait for: what the node says depends on what it heard
        // first.
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        engine.gone(false);
        awaitAnotherProcess(before);
        crashIsStillTheFirst();
    }

    @Test
    void whatEndedWhileTheEngineWasAway() throws IOException {
        var before = startedAt();
        engine.gone(true);
        TestNode.docker("kill", id.toString());
        engine.gone(false);
        awaitAnotherProcess(before);
        awaitSaid("The container engine was restarted");
        crashIsStillTheFirst();
    }

    @Test
    void whatRanOnWhileTheEngineWasAwayIsLeftAlone() throws IOException {
        var before = startedAt();
        engine.gone(true);
        engine.gone(false);
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            node.server(id).sendCommands(List.of("hello"));
            assertThat(console.of(ConsoleEvent.Output.class))
                    .anyMatch(line -> line.line().contains("got: hello"));
        });
        assertThat(startedAt()).isEqualTo(before);
        assertThat(node.server(id).details().state()).isEqualTo(ServerState.RUNNING);
        crashIsStillTheFirst();
    }

    /** The second crash within a minute would not be answered with a start. */
    private void crashIsStillTheFirst() throws IOException {
        var before = startedAt();
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> node.server(id).sendCommands(List.of("crash")));
        awaitAnotherProcess(before);
    }

    private void awaitSaid(String text) {
        await().atMost(SOON)
                .until(() -> console.of(ConsoleEvent.DaemonMessage.class)
                        .anyMatch(message -> message.text().contains(text)));
    }

    private void awaitAnotherProcess(String before) {
        await().atMost(SOON)
                .until(() -> node.server(id).details().state().equals(ServerState.RUNNING)
                        && !startedAt().equals(before));
    }

    private String startedAt() throws IOException {
        return TestNode.docker("inspect", "-f", "{{.State.StartedAt}}", id.toString());
    }
}
