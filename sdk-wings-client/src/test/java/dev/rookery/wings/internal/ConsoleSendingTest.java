package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Protocol: node API §4.2, §4.3. */
@Timeout(60)
class ConsoleSendingTest extends ConsoleFixture {

    @Test
    void sendsCommandsAndPowerActionsInOrder() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);

        console.sendCommand("say bye");
        console.setState(PowerAction.STOP);
        console.requestStats();
        console.requestLogs();

        assertThat(List.of(session.frame(), session.frame(), session.frame(), session.frame()))
                .containsExactly(
                        Frame.of(ConsoleFrames.SEND_COMMAND, "say bye"),
                        Frame.of(ConsoleFrames.SET_STATE, "stop"),
                        Frame.of(ConsoleFrames.SEND_STATS),
                        Frame.of(ConsoleFrames.SEND_LOGS));
    }

    @Test
    void staysWithinTheNodesLimits() throws Exception {
        var opening = opening(node(peer.server.url("/").uri(), time, time), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        for (int i = 0; i < 20; i++) {
            console.sendCommand("command " + i);
        }

        // The timer stands still, and two commands never go together.
        assertThat(session.frame().text()).isEqualTo("command 0");
        assertThat(session.waiting()).isZero();
        for (int i = 1; i < 20; i++) {
            time.advance(Duration.ofMillis(1100));
            assertThat(session.frame().text()).isEqualTo("command " + i);
        }
    }

    @Test
    void refusesWhatDoesNotFitIntoAFrame() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        int overhead =
                ConsoleFrames.write(Frame.of(ConsoleFrames.SEND_COMMAND, "")).length();

        console.sendCommand("x".repeat(4095 - overhead));
        assertThat(session.frame().text()).hasSize(4095 - overhead);
        assertThatThrownBy(() -> console.sendCommand("x".repeat(4096 - overhead)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("4095");
        assertThatThrownBy(() -> console.sendCommand("a\nb")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void sendsNothingWithoutThePermission() throws Exception {
        var user = user(Instant.now().plusSeconds(300), Permission.CONNECT);
        var opening = opening(node().as(user), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();

        console.sendCommand("x");
        console.setState(PowerAction.KILL);
        console.requestStats();

        assertThat(listener.next()).asString().contains("control.console");
        assertThat(listener.next()).asString().contains("control.stop");
        assertThat(session.frame()).isEqualTo(Frame.of(ConsoleFrames.SEND_STATS));
    }

    @Test
    void saysThatAStoppedServerTakesNoCommand() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();
        session.send("status", "offline");
        assertThat(listener.next()).isEqualTo(new ConsoleEvent.Status(ServerState.OFFLINE));

        console.sendCommand("x");

        assertThat(listener.next()).asString().contains("offline");
        assertThat(session.waiting()).isZero();
    }

    @Test
    void saysWhatWasNotSentWhenTheConnectionBroke() throws Exception {
        var opening = opening(node(peer.server.url("/").uri(), time, time), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();
        console.sendCommand("command 0");
        console.sendCommand("command 1");
        session.frame();

        session.close(1012, "restart");

        listener.disconnection();
        assertThat(listener.next()).asString().contains("command 1");
        console.sendCommand("late");
        assertThat(listener.next()).asString().contains("no connection");
    }

    @Test
    void saysWhatWasNotSentWhenTheNodeEndedTheConsole() throws Exception {
        var opening = opening(node(peer.server.url("/").uri(), time, time), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();
        console.sendCommand("command 0");
        console.sendCommand("command 1");
        session.frame();

        session.close(4409, "suspended");

        assertThat(listener.next()).asString().contains("command 1");
        assertThat(listener.end()).contains("suspended");
    }

    /** Calagopus refuses a frame without arguments. Source: node API §4.2. */
    @Test
    void sendsArgumentsEvenWhereThereAreNone() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        opened(opening).requestLogs();
        session.frame();

        assertThat(session.raw).last().isEqualTo("{\"event\":\"send logs\",\"args\":[]}");
    }

    @Test
    void holdsCommandsBackWhileItsTokenIsNotAccepted() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();

        session.send("jwt error", "jwt: exp claim is invalid");
        session.token(Instant.now());
        console.sendCommand("first");
        console.sendCommand("second");

        assertThat(session.waiting()).as("the node would throw them away").isZero();
        session.send("auth success");
        assertThat(List.of(session.frame().text(), session.frame().text())).containsExactly("first", "second");
    }

    @Test
    void sendsNoCommandAgainAfterAReconnect() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.accepted();
        var console = opened(opening);
        listener.next();
        console.sendCommand("once");
        session.frame();

        session.close(1012, "restart");
        var again = peer.accepted();
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        console.sendCommand("later");

        assertThat(List.of(again.frame(), again.frame()))
                .containsExactly(Frame.of(ConsoleFrames.SEND_LOGS), Frame.of(ConsoleFrames.SEND_COMMAND, "later"));
    }
}
