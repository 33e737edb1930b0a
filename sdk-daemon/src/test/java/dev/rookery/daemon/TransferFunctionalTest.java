package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerCondition;
import dev.rookery.api.node.ServerState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever embeds a daemon moves a server's files by means of their own: nothing of it runs meanwhile. */
@Tag("docker")
class TransferFunctionalTest {

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
    void holdsAServerOverARestartOfTheDaemonUntilToldOtherwise() {
        var id = node.install(TestNode.GAME, "true");
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);

        node.daemon().beginTransfer(id);
        assertThat(node.server(id).details().state())
                .as("when the call returns")
                .isEqualTo(ServerState.OFFLINE);
        assertThatThrownBy(() -> node.server(id).power(PowerAction.START))
                .isInstanceOf(ConflictException.class)
                .hasMessage("the server is being transferred");

        node.restart();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> condition(id).activity().equals(Optional.of("transferring")));
        node.daemon().beginTransfer(id);
        assertThatThrownBy(() -> node.server(id).reinstall()).isInstanceOf(ConflictException.class);

        node.daemon().endTransfer(id);
        assertThat(condition(id).activity()).isEmpty();
        node.server(id).power(PowerAction.START);
        node.awaitState(id, ServerState.RUNNING);
    }

    @Test
    void knowsNoServerThatIsNotThere() {
        var nobody = ServerId.random();
        assertThatThrownBy(() -> node.daemon().beginTransfer(nobody)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.daemon().endTransfer(nobody)).isInstanceOf(NotFoundException.class);
    }

    private ServerCondition condition(ServerId id) {
        return node.server(id).details().condition();
    }
}
