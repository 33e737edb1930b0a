package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node API §3. */
class ConsoleTokenTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final NodeCredentials NODE = new NodeCredentials("id", "s".repeat(64));
    private static final ServerId SERVER = ServerId.random();
    private static final UUID USER = UUID.randomUUID();
    private static final Permissions SOME = Permissions.of(Permission.CONNECT, Permission.START);

    @Test
    void survivesSigningAndStandsForTheCaller() {
        var token = ConsoleToken.of(SERVER, caller(Duration.ofHours(1)), NOW);
        var read = ConsoleToken.verify(sign(token), NODE, SERVER, NOW);

        assertThat(read).isEqualTo(token);
        assertThat(read.expiresAt()).isEqualTo(NOW.plus(ConsoleToken.LIFETIME));
        assertThat(read.caller().user()).isEqualTo(USER);
        assertThat(read.caller().permissions()).isEqualTo(SOME);
        assertThat(read.id()).isEqualTo(ConsoleToken.idOf(USER, SERVER)).hasSize(64);
    }

    @Test
    void endsWithTheAuthorityBehindIt() {
        var token = ConsoleToken.of(SERVER, caller(Duration.ofMinutes(1)), NOW);
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void expiresAndNeverComesFromTheFuture() {
        var text = sign(ConsoleToken.of(SERVER, caller(Duration.ofMinutes(1)), NOW));
        assertThatThrownBy(() -> ConsoleToken.verify(text, NODE, SERVER, NOW.plusSeconds(61)))
                .isInstanceOf(DeniedException.class)
                .hasMessage("jwt: exp claim is invalid");
        assertThatThrownBy(() -> ConsoleToken.verify(text, NODE, SERVER, NOW.minus(Duration.ofMinutes(6))))
                .isInstanceOf(DeniedException.class);
        assertThat(ConsoleToken.verify(text, NODE, SERVER, NOW.minus(Duration.ofMinutes(4))))
                .as("clocks may differ by five minutes")
                .isNotNull();
    }

    @Test
    void isGoodForOneServerAndOneNode() {
        var text = sign(ConsoleToken.of(SERVER, caller(Duration.ofMinutes(1)), NOW));
        assertThatThrownBy(() -> ConsoleToken.verify(text, NODE, ServerId.random(), NOW))
                .hasMessage("jwt: server uuid mismatch");
        var other = new NodeCredentials("id", "t".repeat(64));
        assertThatThrownBy(() -> ConsoleToken.verify(text, other, SERVER, NOW))
                .isInstanceOf(DeniedException.class)
                .hasMessage("jwt: signature is invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b.c", "..", "e30.e30.e30", "\u0000"})
    void garbageIsDenied(String text) {
        assertThatThrownBy(() -> ConsoleToken.verify(text, NODE, SERVER, NOW)).isInstanceOf(DeniedException.class);
    }

    @Test
    void unsignedAndOtherwiseSignedTokensAreDenied() throws Exception {
        var claims = claims(builder -> {});
        var unsigned = new PlainJWT(new PlainHeader(), claims).serialize();
        assertThatThrownBy(() -> ConsoleToken.verify(unsigned, NODE, SERVER, NOW))
                .isInstanceOf(DeniedException.class);
        var hs512 = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims);
        hs512.sign(new MACSigner(NODE.token()));
        assertThatThrownBy(() -> ConsoleToken.verify(hs512.serialize(), NODE, SERVER, NOW))
                .hasMessage("jwt: signature is invalid");
    }

    @Test
    void tokensForOtherPurposesAreDenied() throws Exception {
        assertThat(verified(builder -> {})).isNotNull();
        assertThat(verified(builder -> builder.claim("scope", "x websocket"))).isNotNull();
        List<Consumer<JWTClaimsSet.Builder>> changes = List.of(
                builder -> builder.claim("scope", null),
                builder -> builder.claim("scope", "file-download"),
                builder -> builder.claim("scope", "websockets"),
                builder -> builder.claim("server_uuid", null),
                builder -> builder.claim("server_uuid", "x"),
                builder -> builder.claim("user_uuid", "x"),
                builder -> builder.claim("user_uuid", 7),
                builder -> builder.expirationTime(null),
                builder -> builder.jwtID(null));
        for (var change : changes) {
            assertThatThrownBy(() -> verified(change)).isInstanceOf(DeniedException.class);
        }
    }

    @Test
    void tokenWithoutPermissionsAllowsNothing() throws Exception {
        assertThat(verified(builder -> builder.claim("permissions", null)).permissions())
                .isEqualTo(Permissions.none());
    }

    @Test
    void shortSecretsAreRefused() {
        var token = ConsoleToken.of(SERVER, caller(Duration.ofMinutes(1)), NOW);
        assertThatThrownBy(() -> token.sign(new NodeCredentials("id", "short"), "p", "n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("5 bytes")
                .hasMessageNotContaining("short");
    }

    private static ConsoleToken verified(Consumer<JWTClaimsSet.Builder> change) throws Exception {
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(change));
        jwt.sign(new MACSigner(NODE.token()));
        return ConsoleToken.verify(jwt.serialize(), NODE, SERVER, NOW);
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        var builder = new JWTClaimsSet.Builder()
                .jwtID("id")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .claim("scope", "websocket")
                .claim("server_uuid", SERVER.toString())
                .claim("user_uuid", USER.toString())
                .claim("permissions", SOME.toList());
        change.accept(builder);
        return builder.build();
    }

    private static String sign(ConsoleToken token) {
        return token.sign(NODE, "https://panel.example", "https://node.example");
    }

    private static Caller.User caller(Duration authority) {
        return new Caller.User(USER, SOME, "", NOW.plus(authority));
    }
}
