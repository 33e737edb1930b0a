package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.TokenDialect;
import dev.rookery.api.dialect.WireJson;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens as the panels write them, signed by openssl: {@code openssl dgst -sha256 -hmac <64 times s>}. Node API §3.2, §3.3. */
class TokenVectorsTest extends TokenFixture {

    private static final TokenUser USER_42 = new TokenUser(USER, OptionalLong.of(42));

    /** These differ from token to token where they are random. */
    private static final Set<String> RANDOM = Set.of("unique_id");

    record Vector(
            @JsonProperty("dialect") Dialect dialect,
            @JsonProperty("purpose") TokenPurpose purpose,
            @JsonProperty("header") Json.Obj header,
            @JsonProperty("claims") Json.Obj claims,
            @JsonProperty("token") String token) {

        @Override
        public String toString() {
            return dialect + " " + purpose;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (var in = TokenVectorsTest.class.getResourceAsStream("token-vectors.json")) {
            return Stream.of(WireJson.read(in.readAllBytes(), Vector[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsWhatThePanelWrote(Vector vector) {
        var token = verify(verifier(vector.dialect()), vector.purpose(), vector.token());

        assertThat(token.purpose()).isEqualTo(vector.purpose());
        assertThat(token.stamp().issuedAt()).isEqualTo(NOW);
        boolean calagopusBackup =
                vector.dialect() == Dialect.CALAGOPUS && vector.purpose() == TokenPurpose.BACKUP_DOWNLOAD;
        assertThat(token.serverId()).isEqualTo(calagopusBackup ? Optional.empty() : Optional.of(SERVER));
        assertThat(token.userId())
                .isEqualTo(vector.purpose() == TokenPurpose.TRANSFER ? Optional.empty() : Optional.of(USER));
        if (token instanceof ConsoleToken console) {
            assertThat(console.permissions()).isEqualTo(SOME);
        } else if (token instanceof FileDownloadToken download) {
            assertThat(download.path()).isEqualTo("/logs/latest.log");
        } else if (token instanceof BackupDownloadToken download) {
            assertThat(download.backup()).isEqualTo(BACKUP);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesWhatThePanelWrites(Vector vector) {
        var text = signAs42(vector).text();
        var parts = text.split("\\.", -1);

        var expected = new LinkedHashMap<>(vector.claims().members());
        if (vector.dialect() == Dialect.PTERODACTYL) {
            // Its panel writes none; daemons made from its own may ask for it.
            expected.put("scope", new Json.Text(TokenDialect.scope(vector.purpose())));
        }
        assertThat(comparable(vector.dialect(), json(parts[1])))
                .isEqualTo(comparable(vector.dialect(), new Json.Obj(expected)));
        var header = new LinkedHashMap<>(vector.header().members());
        // The type is optional; we always say it.
        header.put("typ", new Json.Text("JWT"));
        assertThat(json(parts[0]).members().keySet()).isEqualTo(Set.copyOf(header.keySet()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesTheVectorWithACharacterChanged(Vector vector) {
        var text = vector.token();
        var verifier = verifier(vector.dialect());
        // The last character of the signature has two bits that carry nothing.
        for (int i = 0; i < text.length() - 1; i += 5) {
            var changed = new StringBuilder(text);
            changed.setCharAt(i, text.charAt(i) == 'A' ? 'B' : 'A');
            var at = i;
            assertThat(catchThrowable(() -> verify(verifier, vector.purpose(), changed.toString())))
                    .as("character %s", at)
                    .isInstanceOf(TokenRefusedException.class)
                    .extracting(e -> ((TokenRefusedException) e).reason().forged())
                    .isEqualTo(true);
        }
    }

    private SignedToken<?> signAs42(Vector vector) {
        var signer = signer(vector.dialect());
        return switch (vector.purpose()) {
            case CONSOLE -> signer.console(SERVER, USER_42, SOME, TokenPurpose.CONSOLE.lifetime());
            case FILE_DOWNLOAD -> signer.fileDownload(SERVER, USER_42, "/logs/latest.log");
            case BACKUP_DOWNLOAD -> signer.backupDownload(SERVER, USER_42, BACKUP);
            case UPLOAD -> signer.upload(SERVER, USER_42);
            case TRANSFER -> signer.transfer(SERVER);
        };
    }

    private static Map<String, Object> comparable(Dialect dialect, Json.Obj claims) {
        var comparable = new LinkedHashMap<String, Object>();
        claims.members().forEach((name, value) -> {
            boolean random = RANDOM.contains(name)
                    || (name.equals("jti")
                            && (dialect == Dialect.FLAMINGO
                                    || (dialect == Dialect.CALAGOPUS
                                            && claims.members().containsKey("sub"))));
            comparable.put(name, random ? ((Json.Text) value).value().length() : value);
        });
        return comparable;
    }

    private static Json.Obj json(String part) {
        return WireJson.read(Base64.getUrlDecoder().decode(part), Json.Obj.class);
    }
}
