package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rookery.api.Json;
import dev.rookery.api.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CVE-2026-54593 (GHSA-8r6w): a node took any token of its panel for an upload. Field reports §3.10. */
class Cve202654593Test extends TokenFixture {

    static Stream<Arguments> everyDialectAndPurpose() {
        var all = new ArrayList<Arguments>();
        for (var dialect : SIGNING) {
            for (var purpose : TokenPurpose.values()) {
                all.add(Arguments.of(dialect, purpose));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everyDialectAndPurpose")
    void tokenIsGoodForItsOwnPurposeOnly(Dialect made, TokenPurpose purpose) {
        var text = sign(made, purpose).text();

        assertThat(verify(verifier(made), purpose, text).purpose()).isEqualTo(purpose);
        for (var read : SIGNING) {
            for (var other : TokenPurpose.values()) {
                if (other != purpose) {
                    assertThat(refusal(verifier(read), other, text))
                            .as("%s token of %s as %s on a node of %s", purpose, made, other, read)
                            .isIn(TokenRefusal.SCOPE, TokenRefusal.MALFORMED);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyDialectAndPurpose")
    void tokenWithoutScopeIsRefusedUnlessConfigured(Dialect dialect, TokenPurpose purpose) {
        var text = sign(dialect, purpose).text();
        var strict = verifier().dialect(dialect).build();

        boolean scoped = dialect != Dialect.FLAMINGO;
        if (scoped) {
            assertThat(verify(strict, purpose, text).purpose()).isEqualTo(purpose);
        } else {
            assertThat(refusal(strict, purpose, text)).isEqualTo(TokenRefusal.SCOPE);
        }
    }

    @Test
    void tokenWithoutScopeThatCarriesTheClaimsOfTwoPurposesIsGoodForNone() {
        var marks = List.of("permissions", "file_path", "file_paths", "backup_uuid", "sub");
        for (var one : marks) {
            for (var other : marks) {
                if (!one.equals(other) && !(one + other).matches("file_paths?file_paths?")) {
                    var text = hs256(claims(claims -> {
                        claims.put(one, value(one));
                        claims.put(other, value(other));
                    }));
                    for (var purpose : TokenPurpose.values()) {
                        assertThat(refusal(verifier(Dialect.PTERODACTYL), purpose, text))
                                .as("%s and %s as %s", one, other, purpose)
                                .isEqualTo(TokenRefusal.SCOPE);
                    }
                }
            }
        }
    }

    @Test
    void emptyOrNullMarksAreMarksToo() {
        for (var mark : List.of("permissions", "file_path", "file_paths", "backup_uuid", "sub", "scope")) {
            var text = hs256(claims(claims -> claims.put(mark, Json.Null.INSTANCE)));
            assertThat(refusal(verifier(Dialect.PTERODACTYL), TokenPurpose.UPLOAD, text))
                    .as(mark)
                    .isEqualTo(TokenRefusal.SCOPE);
        }
    }

    @Test
    void tokenWithAClaimThatIsNotKnownIsNoUpload() {
        var text = hs256(claims(claims -> claims.put("archive_path", "/backups/a.tar.gz")));

        assertThat(refusal(verifier(Dialect.PTERODACTYL), TokenPurpose.UPLOAD, text))
                .isEqualTo(TokenRefusal.SCOPE);
    }

    @Test
    void tokenThatNamesNoServerIsNoUpload() {
        var text = hs256(claims(claims -> claims.remove("server_uuid")));

        assertThat(refusal(verifier(Dialect.PTERODACTYL), TokenPurpose.UPLOAD, text))
                .isEqualTo(TokenRefusal.SCOPE);
    }

    /** What Pterodactyl's panel puts into an upload token. Source: node API §3.2, §3.3. */
    @Test
    void tokenWithWhatPterodactylsPanelPutsIntoUploadsIsOne() {
        var text = hs256(claims(claims -> {
            claims.put("iss", "https://panel.example");
            claims.put("aud", List.of("https://node.example:8080"));
            claims.put("nbf", claims.get("iat"));
            claims.put("user_uuid", USER.toString());
            claims.put("user_id", 7);
            claims.put("unique_id", "Qw7Qw7Qw7Qw7Qw7Q");
        }));

        assertThat(verify(verifier(Dialect.PTERODACTYL), TokenPurpose.UPLOAD, text)
                        .purpose())
                .isEqualTo(TokenPurpose.UPLOAD);
    }

    private static Object value(String mark) {
        return switch (mark) {
            case "permissions", "file_paths" -> List.of("websocket.connect");
            case "backup_uuid" -> BACKUP.toString();
            case "sub" -> SERVER.toString();
            default -> "/file";
        };
    }

    private static TokenRefusal refusal(TokenVerifier verifier, TokenPurpose purpose, String text) {
        var refused = catchThrowableOfType(TokenRefusedException.class, () -> verify(verifier, purpose, text));
        assertThat(refused).as("refused").isNotNull();
        return refused.reason();
    }
}
