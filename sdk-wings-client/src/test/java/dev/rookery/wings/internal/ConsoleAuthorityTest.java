package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.TokenDialect;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.token.TokenUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Protocol: node API §4.4, §4.5. */
@Timeout(60)
class ConsoleAuthorityTest extends ConsoleFixture {

    @Test
    void renewsItsTokenWhenTheNodeWarns() throws Exception {
        var session = live(node());

        session.send("token expiring");

        assertThat(session.token(Instant.now()).user()).isEqualTo(SERVICE);
        session.send("auth success");
        session.send("status", "running");
        assertThat(listener.next()).as("nothing of the renewal is told").isInstanceOf(ConsoleEvent.Status.class);
    }

    @Test
    void renewsItsTokenWhenTheNodeHoldsEventsBack() throws Exception {
        var session = live(node());

        session.send("jwt error", "jwt: exp claim is invalid");
        session.send("jwt error", "jwt: exp claim is invalid");

        session.accept();
        session.send("status", "running");
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Status.class);
        assertThat(session.waiting()).isZero();
    }

    /** The Go daemons say one or the other, Calagopus both. Source: node API §4.4, §4.5. */
    @ParameterizedTest
    @CsvSource({"token expired,", "jwt error, jwt: exp claim is invalid", "jwt error, JWT expired"})
    void renewsItsTokenWhenItHasEnded(String event, String text) throws Exception {
        var session = live(node());

        if (text == null) {
            session.send(event);
        } else {
            session.send(event, text);
        }

        session.accept();
        session.send("status", "running");
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.Status.class);
    }

    @Test
    void renewsItsTokenByItselfBeforeTheNodeWarns() throws Exception {
        var session = live(node(peer.server.url("/").uri(), time, time));

        time.advance(Duration.ofSeconds(524));
        assertThat(session.waiting()).isZero();
        time.advance(Duration.ofSeconds(2));

        // Renewed 75 s before the end, which was a second ago.
        assertThat(session.token(time.instant()).stamp().expiresAt())
                .isEqualTo(time.instant().plusSeconds(599));
    }

    @Test
    void makesANewTokenAfterTheNodeRestartedInTheSameSecond() throws Exception {
        var opening = opening(node(), ConsoleOptions.live());
        var session = peer.session();
        session.frame();
        session.send("jwt error", "Error Event [x]: jwt: created too far in past (denylist)");

        session.accept();

        assertThat(opened(opening).open()).isTrue();
    }

    /** A panel takes a token back by its id. Source: node API §3.2. */
    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"PELICAN", "PTERODACTYL"})
    void namesItsTokensAsThePanelsOfTheNodesDialectDo(Dialect dialect) throws Exception {
        var opening = opening(node(dialect), ConsoleOptions.live());
        var session = peer.session();

        var token = session.frame().text().split("\\.", -1);

        var id = TokenDialect.of(dialect).id(Optional.of(TokenUser.of(SERVICE)), peer.id);
        assertThat(new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8))
                .contains("\"jti\":\"" + id + "\"");
        session.send("auth success");
        assertThat(opened(opening).open()).isTrue();
    }

    /** The first token is named right too, at a node that has said nothing yet. */
    @Test
    void asksWhatTheNodeSpeaksBeforeItsFirstToken() throws Exception {
        peer.systemAnswers("X-Request-Id", "1");
        var opening = opening(undetectedNode(), ConsoleOptions.live());
        var session = peer.session();

        assertThat(claims(session.frame().text())).contains("\"jti\":\"" + id(Dialect.PTERODACTYL) + "\"");

        session.send("auth success");
        assertThat(opened(opening).open()).isTrue();
    }

    /** A proxy may pass on nothing but consoles. */
    @Test
    void opensWhereANodeDoesNotSayWhatItSpeaks() throws Exception {
        peer.answerNext(403, "no");
        var opening = opening(undetectedNode(), ConsoleOptions.live());
        var session = peer.session();

        assertThat(claims(session.frame().text())).contains("\"jti\":\"" + id(Dialect.PELICAN) + "\"");

        session.send("auth success");
        assertThat(opened(opening).open()).isTrue();
    }

    private String id(Dialect dialect) {
        return TokenDialect.of(dialect).id(Optional.of(TokenUser.of(SERVICE)), peer.id);
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    @Test
    void endsWithTheAuthorityOfItsUser() throws Exception {
        var user = user(time.instant().plusSeconds(90), Permission.CONNECT);
        var session = live(node(peer.server.url("/").uri(), time, time).as(user));

        session.send("token expiring");
        assertThat(listener.next()).isInstanceOf(ConsoleEvent.AuthorityExpiring.class);
        time.advance(Duration.ofSeconds(91));

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.AuthorityLost.class);
        assertThat(listener.end()).contains(user.user().toString());
        assertThat(session.waiting()).isZero();
    }

    @Test
    void staysOutWhenItsUserIsPutOut() throws Exception {
        var user = user(Instant.now().plusSeconds(300), Permission.CONNECT);
        var session = live(node().as(user));

        session.send("jwt error", "jwt: created too far in past (denylist)");

        assertThat(listener.next()).isInstanceOf(ConsoleEvent.AuthorityLost.class);
        assertThat(listener.end()).contains("denylist");
    }
}
