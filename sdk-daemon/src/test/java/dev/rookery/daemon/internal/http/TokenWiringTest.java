package dev.rookery.daemon.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Caller;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.SignedToken;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.token.TokenUser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the panel takes back is refused, and what the dialect does not know is not looked for. Source: node API §2.2, §2.3, §3. */
class TokenWiringTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String DENIED = "jwt: created too far in past (denylist)";
    private static final String WRONG_PURPOSE = "jwt: missing connect permission";

    @TempDir
    Path files;

    private final UUID user = UUID.randomUUID();
    private EdgeFixture edge;
    private TestNode.TestServer server;

    @AfterEach
    void stop() {
        edge.close();
    }

    private void start(Dialect dialect) {
        edge = new EdgeFixture(files, options -> options.dialect(dialect), limits -> limits);
        server = edge.node.add(ServerState.RUNNING);
    }

    private TokenSigner signer(Dialect dialect, Clock clock) {
        return TokenSigner.builder(EdgeFixture.CREDENTIALS)
                .dialect(dialect)
                .panelUrl(EdgeFixture.PANEL)
                .nodeUrl("https://node.example.com")
                .clock(clock)
                .build();
    }

    private SignedToken<?> console(Dialect dialect, UUID holder) {
        var caller = new Caller.User(
                holder,
                Permissions.of(Permission.CONNECT),
                "",
                edge.clock.instant().plus(MINUTE.multipliedBy(5)));
        return signer(dialect, edge.clock).console(server.id, caller);
    }

    /** Returns what a new console says to a token. */
    private String said(String token) {
        try (var client = edge.console(server.id)) {
            client.auth(token);
            return client.next();
        }
    }

    private HttpResponse<String> upload(String token) {
        return edge.send(HttpRequest.newBuilder(edge.uri("/upload/file?token=" + token))
                .POST(HttpRequest.BodyPublishers.ofString("x")));
    }

    // §7.3: a missing scope is allowed by configuration only
    @Test
    void refusesTokensWithoutScopeUnlessItSpeaksLikePterodactylsDaemon() {
        start(Dialect.PELICAN);

        assertThat(said(console(Dialect.FLAMINGO, user).text())).contains(WRONG_PURPOSE);
        assertThat(said(console(Dialect.PELICAN, user).text())).contains("auth success");
    }

    @Test
    void takesTokensWithoutScopeForOnePurposeInPterodactylsManner() {
        start(Dialect.PTERODACTYL);
        var token = console(Dialect.FLAMINGO, user).text();

        assertThat(said(token)).contains("auth success");
        assertThat(upload(token).statusCode()).isEqualTo(403);
    }

    // §3.5 point 2: denials are forgotten with the process
    @Test
    void refusesTokensThatWereMadeBeforeItStarted() {
        start(Dialect.PELICAN);
        var before = Clock.offset(edge.clock, Duration.ofSeconds(-1));
        var user = new TokenUser(this.user, OptionalLong.empty());
        var token = signer(Dialect.PELICAN, before).upload(server.id, user).text();

        assertThat(upload(token).statusCode()).isEqualTo(404);
        assertThat(upload(signer(Dialect.PELICAN, edge.clock)
                                .upload(server.id, user)
                                .text())
                        .body())
                .contains("multipart");
    }

    /** Only Calagopus' node hides files from the holder of a token; to serve them would be the opposite of what the panel asked for. */
    @Test
    void refusesTokensThatHideFiles() {
        start(Dialect.PELICAN);
        var signer = signer(Dialect.CALAGOPUS, edge.clock);
        var user = new TokenUser(this.user, OptionalLong.empty());
        var hiding = List.of("*.key");

        assertThat(upload(signer.upload(server.id, user).text()).body()).contains("multipart");
        assertThat(upload(signer.upload(server.id, user, hiding).text()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void refusesTheTokensThatThePanelNames() {
        start(Dialect.PELICAN);
        var token = console(Dialect.PELICAN, user);
        try (var open = edge.console(server.id)) {
            open.auth(token.text());
            assertThat(open.next()).contains("auth success");
            assertThat(open.next()).contains("status");

            var id = token.token().stamp().id();
            assertThat(edge.post("/api/servers/" + server.id + "/ws/deny", "{\"jtis\":[\"" + id + "\"]}")
                            .statusCode())
                    .isEqualTo(204);

            assertThat(open.next()).contains("jwt error").contains(DENIED);
        }
        assertThat(said(token.text())).contains(DENIED);
        edge.clock.advance(MINUTE);
        assertThat(said(console(Dialect.PELICAN, user).text())).contains("auth success");
    }

    // §2.2: Pelican's panel wraps the body
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":\"%1$s\",\"servers\":[\"%2$s\"]}",
                "{\"json\":{\"user\":\"%1$s\",\"servers\":[\"%2$s\"]}}",
                "{\"user\":\"%1$s\",\"servers\":[]}",
                "{\"user\":\"%1$s\"}"
            })
    void endsTheAuthorityOfAUserAndOfNobodyElse(String body) {
        start(Dialect.PELICAN);
        var other = UUID.randomUUID();
        var token = console(Dialect.PELICAN, user).text();
        var upload = signer(Dialect.PELICAN, edge.clock)
                .upload(server.id, new TokenUser(user, OptionalLong.empty()))
                .text();
        try (var cut = edge.console(server.id);
                var kept = edge.console(server.id)) {
            cut.auth(token);
            assertThat(cut.next()).contains("auth success");
            kept.auth(console(Dialect.PELICAN, other).text());
            assertThat(kept.next()).contains("auth success");

            assertThat(edge.post("/api/deauthorize-user", body.formatted(user, server.id))
                            .statusCode())
                    .isEqualTo(204);

            assertThat(cut.closure()).isNotEmpty();
            assertThat(kept.closed).isNotDone();
        }
        assertThat(said(token)).contains(DENIED);
        assertThat(upload(upload).statusCode()).isEqualTo(404);
        assertThat(said(console(Dialect.PELICAN, other).text())).contains("auth success");
    }

    @Test
    void endsTheAuthorityOfAUserOnTheNamedServersOnly() {
        start(Dialect.PELICAN);
        var elsewhere = edge.node.add(ServerState.RUNNING);
        var token = console(Dialect.PELICAN, user).text();

        edge.post("/api/deauthorize-user", "{\"user\":\"" + user + "\",\"servers\":[\"" + elsewhere.id + "\"]}");

        assertThat(said(token)).contains("auth success");
    }
}
