package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.ServerState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine of its own with twenty running servers, that is stopped or killed and comes back. */
@Tag("docker")
@Tag("faults")
class EngineRestartFunctionalTest {

    private static final int SERVERS = 20;
    private static final Duration LATER = Duration.ofMinutes(3);

    @TempDir
    Path root;

    private OwnEngine engine;
    private TestNode node;

    @AfterEach
    void end() throws Exception {
        if (node != null) {
            node.close();
        }
        if (engine != null) {
            engine.remove();
        }
    }

    @Test
    void everyServerStartsAgainAfterAStop() throws Exception {
        var before = run();
        engine.stop();
        engine.start();
        awaitOthers(before);
        aCrashIsStillTheFirst(before.keySet().iterator().next());
    }

    @Test
    void everyServerStartsAgainAfterAnEngineThatWasKilled() throws Exception {
        var before = run();
        engine.kill();
        engine.start();
        awaitOthers(before);
        aCrashIsStillTheFirst(before.keySet().iterator().next());
    }

    @Test
    void everyServerRunsOnIfTheEngineLetsIt() throws Exception {
        var before = run("--live-restore");
        engine.stop();
        engine.start();
        for (var id : before.keySet()) {
            var console = node.console(id, ConsoleOptions.after(0));
            await().atMost(LATER).ignoreExceptions().untilAsserted(() -> {
                node.server(id).sendCommands(List.of("hello"));
                assertThat(console.of(ConsoleEvent.Output.class))
                        .anyMatch(line -> line.line().contains("got: hello"));
            });
            assertThat(startedAt(id)).isEqualTo(before.get(id));
            assertThat(node.server(id).details().state()).isEqualTo(ServerState.RUNNING);
        }
    }

    /** Returns when each server was started. */
    private Map<ServerId, String> run(String... options) throws Exception {
        assumeThat(OwnEngine.possible())
                .as("root may start a second engine here")
                .isTrue();
        engine = new OwnEngine(options);
        var network = TestNode.options(UUID.randomUUID(), root).build().docker().network();
        node = new TestNode(
                root,
                changed -> changed.docker(DockerOptions.builder()
                        .network(network)
                        .socket("unix://" + engine.socket())
                        .build()));
        var servers = new ArrayList<ServerId>();
        for (int i = 0; i < SERVERS; i++) {
            var id = node.define(TestNode.GAME, "true");
            node.node().createServer(new CreateServer(id, true));
            servers.add(id);
        }
        var started = new HashMap<ServerId, String>();
        for (var id : servers) {
            node.awaitState(id, ServerState.RUNNING);
            started.put(id, startedAt(id));
        }
        return started;
    }

    private void awaitOthers(Map<ServerId, String> before) {
        before.forEach((id, started) -> await("server " + id)
                .atMost(LATER)
                .until(() -> node.server(id).details().state().equals(ServerState.RUNNING)
                        && !startedAt(id).equals(started)));
        assertThat(node.panel.installs).hasSize(SERVERS);
    }

    /** The second crash within a minute would not be answered with a start. */
    private void aCrashIsStillTheFirst(ServerId id) throws Exception {
        var before = startedAt(id);
        await().atMost(LATER)
                .ignoreExceptions()
                .untilAsserted(() -> node.server(id).sendCommands(List.of("crash")));
        awaitOthers(Map.of(id, before));
    }

    private String startedAt(ServerId id) throws Exception {
        return engine.docker("inspect", "-f", "{{.State.StartedAt}}", id.toString());
    }
}
