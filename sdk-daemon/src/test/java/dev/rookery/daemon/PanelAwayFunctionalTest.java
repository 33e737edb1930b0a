package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ConflictException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.StateChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A panel that is away: servers start, crash and stop without it, and it hears of the outcome when it is back. */
@Tag("docker")
@Tag("faults")
class PanelAwayFunctionalTest {

    private static final Duration LATER = Duration.ofSeconds(60);

    @TempDir
    Path root;

    private TestNode node;
    private ServerId id;

    @BeforeEach
    void start() {
        node = new TestNode(root);
        id = node.install(TestNode.GAME, "true");
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    @Test
    void everythingALocalWishNeedsIsOnTheNode() throws IOException {
        node.panel.away = true;
        // Start, crash and the start that answers it, restart, stop.
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        var first = startedAt();
        node.server(id).sendCommands(List.of("crash"));
        awaitAnother(first);
        var second = startedAt();
        node.server(id).power(PowerAction.RESTART);
        awaitAnother(second);
        // The node itself, too.
        node.restart();
        node.awaitState(id, ServerState.RUNNING);
        node.server(id).power(PowerAction.STOP);
        node.awaitState(id, ServerState.OFFLINE);
        int heard = node.panel.states.size();

        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
        node.panel.away = false;
        await("the panel hears what is").atMost(LATER).until(() -> node.panel.states.size() > heard);
        await("once").atMost(LATER).until(() -> last().newState().equals(ServerState.RUNNING));
        // What was in between is told as one change: from what the panel was told last to what is.
        assertThat(node.panel.states.get(heard).previousState()).isEqualTo(ServerState.OFFLINE);
        assertThat(node.panel.installs).hasSize(1);
    }

    @Test
    void aKillIsNotLostInAStartThatWaitsForThePanel() {
        node.panel.hold = new java.util.concurrent.CountDownLatch(1);
        node.server(id).power(PowerAction.START);
        await().atMost(LATER).until(() -> node.server(id).details().state().equals(ServerState.STARTING));
        node.server(id).power(PowerAction.KILL);
        node.panel.hold.countDown();
        node.awaitState(id, ServerState.OFFLINE);
        node.panel.hold = new java.util.concurrent.CountDownLatch(0);
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
    }

    @Test
    void aConfigurationOfAnotherServerIsNeverTaken() throws IOException {
        var other = node.install(TestNode.GAME, "true");
        node.server(other).power(PowerAction.START);
        node.awaitState(other, ServerState.RUNNING);
        var container = TestNode.docker("inspect", "-f", "{{.Id}}", other.toString());
        node.panel.configurations.put(id, TestNode.configuration(other, TestNode.GAME));
        assertThatThrownBy(() -> node.server(id).sync())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(other.toString());
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.OFFLINE);
        assertThat(TestNode.docker("inspect", "-f", "{{.Id}}", other.toString()))
                .isEqualTo(container);
        assertThat(node.server(other).details().state()).isEqualTo(ServerState.RUNNING);
    }

    private StateChange last() {
        return node.panel.states.get(node.panel.states.size() - 1);
    }

    private void awaitAnother(String started) {
        await().atMost(LATER)
                .until(() -> node.server(id).details().state().equals(ServerState.RUNNING)
                        && !startedAt().equals(started));
    }

    private String startedAt() throws IOException {
        return TestNode.docker("inspect", "-f", "{{.State.StartedAt}}", id.toString());
    }
}
