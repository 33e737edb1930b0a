package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.DeniedException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.permission.Permission;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A console that is opened with the node's token. Protocol: docs/protocol/nexus.md. */
@Timeout(60)
class NexusConsoleTest extends ConsoleFixture {

    @Test
    void isOpenedWithTheNodesTokenInTheRequest() throws Exception {
        var opening = opening(node(Dialect.NEXUS), ConsoleOptions.live());
        var session = peer.session();
        var console = opened(opening);

        assertThat(session.request.getUrl().encodedPath()).isEqualTo("/api/servers/" + peer.id + "/console");
        assertThat(session.request.getHeaders().get("Authorization")).isEqualTo(peer.credentials.panelToNode());
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);

        console.sendCommand("say hi");

        assertThat(session.frame()).as("the first frame").isEqualTo(Frame.of(ConsoleFrames.SEND_COMMAND, "say hi"));
    }

    @Test
    void readsFramesAndBareOutput() throws Exception {
        var opening = opening(node(Dialect.NEXUS), ConsoleOptions.live());
        var session = peer.session();
        opened(opening);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);

        session.send("console output", "framed");
        session.sendRaw("bare\nand another");
        session.sendRaw("{\"players\":3}");

        assertThat(listener.next()).isEqualTo(output("framed"));
        assertThat(listener.next()).isEqualTo(output("bare"));
        assertThat(listener.next()).isEqualTo(output("and another"));
        assertThat(listener.next()).isEqualTo(output("{\"players\":3}"));
    }

    @Test
    void keepsUsersToTheirPermissions() throws Exception {
        var user = user(Instant.now().plusSeconds(60), Permission.CONNECT);
        var opening = opening(node(Dialect.NEXUS).as(user), ConsoleOptions.live());
        var session = peer.session();
        var console = opened(opening);
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);

        console.sendCommand("op me");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.DaemonError.class);
        assertThat(session.waiting()).isZero();
    }

    @Test
    void saysThatTheTokenIsRefused() {
        peer.answerNext(401, "{\"error\":\"no\"}");

        assertThatThrownBy(() -> opened(opening(node(Dialect.NEXUS), ConsoleOptions.live())))
                .isInstanceOfAny(ExecutionException.class, CompletionException.class)
                .hasCauseInstanceOf(DeniedException.class)
                .satisfies(e -> assertThat(e.toString()).doesNotContain(peer.credentials.token()));
    }

    private static ConsoleEvent output(String line) {
        return new ConsoleEvent.Output(line, OptionalLong.empty());
    }
}
