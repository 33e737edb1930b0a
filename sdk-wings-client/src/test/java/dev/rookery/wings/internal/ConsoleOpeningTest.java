package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol: node API §4.1, §4.4. */
@Timeout(60)
class ConsoleOpeningTest extends ConsoleFixture {

    @Test
    void presentsThePanelsOriginAndAnAdministratorsToken() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.session();
        var token = session.token(Instant.now());
        session.send("auth success");
        var console = opened(opening);

        assertThat(session.request.getTarget()).isEqualTo("/api/servers/" + peer.id + "/ws");
        assertThat(session.request.getHeaders().get("Origin")).isEqualTo(ConsolePeer.PANEL);
        assertThat(session.request.getHeaders().get("Authorization")).isNull();
        assertThat(token.user()).isEqualTo(SERVICE);
        assertThat(token.permissions()).isEqualTo(Permissions.administrator());
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Connected.class);
        assertThat(console.open()).isTrue();
    }

    @Test
    void presentsTheUsersOwnToken() throws Exception {
        var user = user(Instant.now().plusSeconds(120), Permission.CONNECT, Permission.CONSOLE);
        var opening = opening(node().as(user), ConsoleOptions.live());
        var session = peer.session();

        var token = session.token(Instant.now());
        session.send("auth success");
        opened(opening);

        assertThat(token.user()).isEqualTo(user.user());
        assertThat(token.permissions()).isEqualTo(user.permissions());
        assertThat(token.stamp().expiresAt()).isBeforeOrEqualTo(user.expiresAt());
    }

    @Test
    void refusesAUserWhoMayNotConnectBeforeAnythingIsSent() {
        var user = user(Instant.now().plusSeconds(120), Permission.CONSOLE);

        assertThatThrownBy(() -> node().as(user).server(peer.id).console(ConsoleOptions.live(), listener))
                .isInstanceOf(DeniedException.class);
        assertThat(peer.server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "404, '{\"error\":\"The requested resource does not exist on this instance.\"}', NotFoundException",
        "403, 'Forbidden', DeniedException",
        "400, '{\"error\":\"Too many open websocket connections.\"}', UnavailableException",
        "500, '', UnavailableException",
    })
    void saysWhyTheSocketWasRefused(int status, String body, String type) {
        peer.answerNext(status, body);

        assertThatThrownBy(() -> node().server(peer.id).console(ConsoleOptions.live(), listener))
                .isInstanceOf(RookeryException.class)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type));
        assertThat(listener.ends).isEmpty();
    }

    @Test
    void namesTheOriginThatWasRefused() {
        peer.answerNext(403, "Forbidden\n{\"error\":\"x\"}");

        assertThatThrownBy(() -> node().server(peer.id).console(ConsoleOptions.live(), listener))
                .hasMessageContaining(ConsolePeer.PANEL);
    }

    @ParameterizedTest
    @CsvSource({
        "jwt error, Error Event [x]: jwt: missing connect permission",
        "daemon error, Error Event [x]: an unexpected error was encountered while handling this request"
    })
    void saysThatTheTokenIsNotAccepted(String event, String text) throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        peer.session().send(event, text);

        assertThatThrownBy(() -> opened(opening))
                .hasCauseInstanceOf(DeniedException.class)
                .hasMessageContaining(text.substring(text.lastIndexOf(':') + 2));
        assertThat(listener.events).isEmpty();
    }

    @Test
    void saysThatTheServerIsSuspended() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        peer.session().close(4409, "server is suspended");

        assertThatThrownBy(() -> opened(opening))
                .hasCauseInstanceOf(ConflictException.class)
                .hasMessageContaining("4409");
    }

    @Test
    void givesUpAtTheDeadlineOrWhenCancelled() {
        assertThatThrownBy(() -> node().with(CallOptions.deadline(Duration.ofMillis(300)))
                        .server(peer.id)
                        .console(ConsoleOptions.live(), listener))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("300 ms");

        var signal = CancelSignal.create();
        signal.cancel();
        assertThatThrownBy(() -> node().with(CallOptions.defaults().cancel(signal))
                        .server(peer.id)
                        .console(ConsoleOptions.live(), listener))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("cancelled");
        assertThat(listener.ends).isEmpty();
    }

    @Test
    void saysThatNobodyIsThere() {
        peer.close();

        assertThatThrownBy(() -> node().server(peer.id).console(ConsoleOptions.live(), listener))
                .isInstanceOf(UnavailableException.class);
    }
}
