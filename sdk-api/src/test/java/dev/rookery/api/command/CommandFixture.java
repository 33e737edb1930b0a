package dev.rookery.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import dev.rookery.api.dialect.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The vectors, one clock, and a verifier as the vectors want it. */
class CommandFixture {

    static final Vectors VECTORS = read();
    static final NodeId NODE = new NodeId(VECTORS.node());

    final SettableClock clock = new SettableClock(Instant.ofEpochSecond(VECTORS.now()));

    record Key(
            @JsonProperty("id") String id,
            @JsonProperty("secret") String secret,
            @JsonProperty("public") String publicKey) {

        CommandKey publicHalf() {
            return CommandKey.parse(id, base64(publicKey));
        }
    }

    record Valid(
            @JsonProperty("about") String about,
            @JsonProperty("keyId") String keyId,
            @JsonProperty("name") String name,
            @JsonProperty("audience") int audience,
            @JsonProperty("issuedAt") long issuedAt,
            @JsonProperty("expiresAt") long expiresAt,
            @JsonProperty("nonce") String nonce,
            @JsonProperty("payload") String payload,
            @JsonProperty("bytes") String bytes,
            @JsonProperty("signature") String signature,
            @JsonProperty("text") String text) {

        SignedCommand command() {
            return new SignedCommand(
                    keyId,
                    name,
                    new NodeId(audience),
                    Instant.ofEpochSecond(issuedAt),
                    Instant.ofEpochSecond(expiresAt),
                    nonce,
                    payload.equals("null") ? Json.Null.INSTANCE : WireJson.read(payload, Json.class));
        }

        @Override
        public String toString() {
            return about;
        }
    }

    record Invalid(
            @JsonProperty("about") String about,
            @JsonProperty("reason") CommandRefusal reason,
            @JsonProperty("text") String text) {

        @Override
        public String toString() {
            return about;
        }
    }

    record Vectors(
            @JsonProperty("node") int node,
            @JsonProperty("now") long now,
            @JsonProperty("keys") List<Key> keys,
            @JsonProperty("valid") List<Valid> valid,
            @JsonProperty("invalid") List<Invalid> invalid) {}

    CommandVerifier.Builder verifier() {
        return CommandVerifier.builder(NODE, clock).keys(known());
    }

    static List<CommandKey> known() {
        return VECTORS.keys().stream()
                .filter(key -> !key.id().equals("stranger"))
                .map(Key::publicHalf)
                .toList();
    }

    CommandSigner signer(String keyId) {
        var key = VECTORS.keys().stream()
                .filter(candidate -> candidate.id().equals(keyId))
                .findFirst()
                .orElseThrow();
        return CommandSigner.of(keyId, CommandSigner.parsePrivateKey(base64(key.secret())), clock);
    }

    static CommandRefusal refusal(ThrowingCallable call) {
        var refused = catchThrowableOfType(CommandRefusedException.class, call);
        assertThat(refused).as("refused").isNotNull();
        return refused.reason();
    }

    static String base64(String hex) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(hex));
    }

    private static Vectors read() {
        try (var in = CommandFixture.class.getResourceAsStream("signed-commands.json")) {
            return WireJson.read(Objects.requireNonNull(in).readAllBytes(), Vectors.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A clock that goes only when told. */
    static final class SettableClock extends Clock {

        private volatile Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
