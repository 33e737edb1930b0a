package dev.rookery.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node API §3. */
class TokenVerifierTest extends TokenFixture {

    private final TokenVerifier verifier = verifier().build();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a.b.c", "..", "a..c", "e30.e30.e30", "\u0000", "e30.e30.e30.e30", "e30.e30.", "é.é.é"})
    void garbageIsMalformed(String text) {
        assertThat(refusal(() -> verifier.console(text, SERVER))).isEqualTo(TokenRefusal.MALFORMED);
    }

    @Test
    void refusesTextsLongerThanAnyToken() {
        var padded = hs256(console(claims -> claims.put("pad", "x".repeat(16 * 1024))));
        assertThat(refusal(() -> verifier.console(padded, SERVER))).isEqualTo(TokenRefusal.MALFORMED);
    }

    @Test
    void algorithmIsNeverTheTokensChoice() throws Exception {
        var payload = WireJson.writeText(console(claims -> {}));
        assertThat(verifier.console(signed(JWSAlgorithm.HS256, payload), SERVER))
                .isNotNull();
        for (var other : List.of(JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
            assertThat(refusal(() -> verifier.console(signed(other, payload), SERVER)))
                    .isEqualTo(TokenRefusal.SIGNATURE);
        }
        for (var none : List.of("none", "None", "NONE", "")) {
            var head = base64("{\"alg\":\"" + none + "\"}") + "." + base64(payload);
            assertThat(refusal(() -> verifier.console(head + ".", SERVER))).isEqualTo(TokenRefusal.MALFORMED);
            assertThat(refusal(() -> verifier.console(head + ".AAAA", SERVER)).forged())
                    .isTrue();
        }
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(rsa.getPrivate());
        var head = base64("{\"alg\":\"RS256\"}") + "." + base64(payload);
        signature.update(head.getBytes(StandardCharsets.US_ASCII));
        var text = head + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        assertThat(refusal(() -> verifier.console(text, SERVER))).isEqualTo(TokenRefusal.SIGNATURE);
    }

    @Test
    void unknownCriticalHeaderIsRefused() {
        var header = "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}";
        var text = signed(JWSAlgorithm.HS256, WireJson.writeText(console(claims -> {})));
        var parts = text.split("\\.", -1);
        assertThat(refusal(() -> verifier.console(base64(header) + "." + parts[1] + "." + parts[2], SERVER))
                        .forged())
                .isTrue();
    }

    @Test
    void anotherNodesTokenIsRefused() {
        var other = TokenVerifier.builder(new NodeCredentials("id", "t".repeat(64)), clock)
                .build();
        assertThat(refusal(() -> other.console(hs256(console(claims -> {})), SERVER)))
                .isEqualTo(TokenRefusal.SIGNATURE);
    }

    @Test
    void isGoodUpToAndIncludingTheSecondOfItsExpiry() {
        var text = hs256(console(claims -> {}));
        clock.set(NOW.plusSeconds(60).plusMillis(999));
        assertThat(verifier.console(text, SERVER)).isNotNull();
        clock.set(NOW.plusSeconds(61));
        assertThatThrownBy(() -> verifier.console(text, SERVER))
                .isInstanceOf(DeniedException.class)
                .hasMessage("jwt: exp claim is invalid");
    }

    @Test
    void clocksMayDifferByFiveMinutes() {
        var text = hs256(console(claims -> {}));
        clock.set(NOW.minusSeconds(300));
        assertThat(verifier.console(text, SERVER)).isNotNull();
        clock.set(NOW.minusSeconds(301));
        assertThat(refusal(() -> verifier.console(text, SERVER))).isEqualTo(TokenRefusal.NOT_YET_VALID);
        clock.set(NOW);
        var later = hs256(console(claims -> claims.put("nbf", NOW.getEpochSecond() + 301)));
        assertThat(refusal(() -> verifier.console(later, SERVER))).isEqualTo(TokenRefusal.NOT_YET_VALID);
    }

    @Test
    void tokenThatOutlastsDenialsIsRefused() {
        var hour = hs256(console(claims -> claims.put("exp", NOW.getEpochSecond() + 3600)));
        assertThat(verifier.console(hour, SERVER)).isNotNull();
        var longer = hs256(console(claims -> claims.put("exp", NOW.getEpochSecond() + 3601)));
        assertThat(refusal(() -> verifier.console(longer, SERVER))).isEqualTo(TokenRefusal.TOO_LONG);
        assertThatThrownBy(() -> verifier()
                        .maxLifetime(Duration.ofHours(2))
                        .denylist(TokenDenylist.create(clock, Duration.ofHours(1)))
                        .build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("PT1H")
                .hasMessageContaining("PT2H");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1767323045.0",
                "1767323045.5",
                "17673230450e-1",
                "-1",
                "1e400",
                "1e1000000000",
                "99999999999999999999",
                "\"1767323045\"",
                "true",
                "[]",
                "{}"
            })
    void datesAreWholeSecondsOrMalformed(String date) {
        for (var name : List.of("iat", "nbf", "exp")) {
            var payload = WireJson.writeText(console(claims -> claims.remove(name)));
            var changed = payload.substring(0, payload.length() - 1) + ",\"" + name + "\":" + date + "}";
            assertThat(refusal(() -> verifier.console(signed(JWSAlgorithm.HS256, changed), SERVER)))
                    .as(name)
                    .isEqualTo(TokenRefusal.MALFORMED);
        }
    }

    @Test
    void datesWithAFractionAreNeverWritten() {
        assertThatThrownBy(() -> new TokenStamp("id", NOW.plusMillis(1), NOW.plusSeconds(1), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("whole seconds");
        clock.set(NOW.plusMillis(999));
        var stamp = signer(Dialect.PELICAN).transfer(SERVER).token().stamp();
        assertThat(stamp.issuedAt()).isEqualTo(NOW);
        assertThat(stamp.expiresAt()).isEqualTo(NOW.plusSeconds(900));
    }

    @Test
    void consoleTokenNeedsAllItsClaims() {
        List<Consumer<Map<String, Object>>> changes = List.of(
                claims -> claims.remove("exp"),
                claims -> claims.remove("iat"),
                claims -> claims.remove("jti"),
                claims -> claims.put("jti", ""),
                claims -> claims.put("jti", 7),
                claims -> claims.remove("server_uuid"),
                claims -> claims.put("server_uuid", "x"),
                claims -> claims.remove("user_uuid"),
                claims -> claims.put("user_uuid", "x"),
                claims -> claims.put("user_uuid", 7),
                claims -> claims.put("permissions", "websocket.connect"),
                claims -> claims.put("permissions", List.of(7)));
        for (int i = 0; i < changes.size(); i++) {
            var text = hs256(console(changes.get(i)));
            assertThat(refusal(() -> verifier.console(text, SERVER)))
                    .as("change %s", i)
                    .isEqualTo(TokenRefusal.MALFORMED);
        }
    }

    @Test
    void oneOfSeveralScopesIsEnough() {
        assertThat(verifier.console(hs256(console(claims -> claims.put("scope", "x websocket"))), SERVER))
                .isNotNull();
        for (var scope : List.of("", "websockets", "x,websocket", "WEBSOCKET")) {
            assertThat(refusal(() -> verifier.console(hs256(console(claims -> claims.put("scope", scope))), SERVER)))
                    .as(scope)
                    .isEqualTo(TokenRefusal.SCOPE);
        }
        assertThat(verifier(Dialect.CALAGOPUS)
                        .console(hs256(console(claims -> claims.put("scope", "x, websocket"))), SERVER))
                .isNotNull();
    }

    @Test
    void consoleOpensOneServerAndNeedsThePermission() {
        var text = hs256(console(claims -> {}));
        assertThatThrownBy(() -> verifier.console(text, ServerId.random())).hasMessage("jwt: server uuid mismatch");
        for (var permissions : List.of(List.of(), List.of("control.start"))) {
            var without = hs256(console(claims -> claims.put("permissions", permissions)));
            assertThatThrownBy(() -> verifier.console(without, SERVER)).hasMessage("jwt: missing connect permission");
        }
        var silent = hs256(console(claims -> claims.remove("permissions")));
        assertThat(refusal(() -> verifier.console(silent, SERVER))).isEqualTo(TokenRefusal.NO_CONNECT);
    }

    @Test
    void readsSeveralFilesOfCalagopus() {
        var signer = signer(Dialect.CALAGOPUS);
        var user = TokenUser.of(USER);
        var many = signer.fileDownload(SERVER, user, "/world", List.of("a", "b"), List.of("*.key"));
        var read = verifier(Dialect.CALAGOPUS).fileDownload(many.text());
        assertThat(read.path()).isEqualTo("/world");
        assertThat(read.names()).containsExactly("a", "b");
        assertThat(read.ignoredFiles()).containsExactly("*.key");
        assertThat(read.userId()).as("of the jti").contains(USER);
        assertThatThrownBy(() -> signer(Dialect.PELICAN).fileDownload(SERVER, user, "/world", List.of("a"), List.of()))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void standsForTheCallerWithWhatThePurposeNeeds() {
        var console = signer(Dialect.PELICAN).console(SERVER, caller(Duration.ofMinutes(1)));
        assertThat(console.token().stamp().expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(console.token().caller().permissions()).isEqualTo(SOME);
        var backup = signer(Dialect.CALAGOPUS).backupDownload(SERVER, TokenUser.of(USER), BACKUP);
        var read = verifier(Dialect.CALAGOPUS).backupDownload(backup.text());
        assertThat(read.caller().permissions()).isEqualTo(TokenPurpose.BACKUP_DOWNLOAD.permissions());
        assertThat(verifier(Dialect.PELICAN)
                        .transfer(signer(Dialect.PELICAN).transfer(SERVER).text())
                        .caller()
                        .user())
                .isEqualTo(Token.NOBODY);
        assertThat(console.toString()).doesNotContain(console.text());
    }

    @Test
    void tokensMadeBeforeTheStartAreDenied() {
        var started = verifier().startedAt(NOW.plusMillis(1)).build();
        assertThat(refusal(() -> started.console(hs256(console(claims -> {})), SERVER)))
                .as("minted in the same second: node API §3.5, rule 2")
                .isEqualTo(TokenRefusal.DENIED);
        clock.advance(Duration.ofSeconds(1));
        var later = hs256(console(claims -> claims.put("iat", NOW.getEpochSecond() + 1)));
        assertThat(started.console(later, SERVER)).isNotNull();
    }

    @Test
    void deniedTokenIsRefusedAndFoundOutWhileInUse() {
        var token = verifier.console(hs256(console(claims -> {})), SERVER);
        verifier.recheck(token);
        verifier.denylist().denyUser(USER, SERVER);
        assertThat(refusal(() -> verifier.recheck(token))).isEqualTo(TokenRefusal.DENIED);
        assertThatThrownBy(() -> verifier.console(hs256(console(claims -> {})), SERVER))
                .hasMessage("jwt: created too far in past (denylist)");
        clock.set(NOW.plusSeconds(61));
        assertThat(refusal(() -> verifier.recheck(token))).isEqualTo(TokenRefusal.EXPIRED);
    }

    @Test
    void isUsedOnceAndLookingDoesNotCount() {
        var text = signer(Dialect.PELICAN).upload(SERVER, TokenUser.of(USER)).text();
        verifier.upload(text);
        var token = verifier.upload(text);
        verifier.use(token);
        assertThat(refusal(() -> verifier.use(token))).isEqualTo(TokenRefusal.ALREADY_USED);
        assertThat(refusal(() -> verifier.upload(text))).isEqualTo(TokenRefusal.ALREADY_USED);
        var five = verifier(Dialect.CALAGOPUS);
        var calagopus = five.upload(
                signer(Dialect.CALAGOPUS).upload(SERVER, TokenUser.of(USER)).text());
        for (int i = 0; i < 5; i++) {
            five.use(calagopus);
        }
        assertThat(refusal(() -> five.use(calagopus))).isEqualTo(TokenRefusal.ALREADY_USED);
    }

    @Test
    void oneTimeTokenWithoutUniqueIdIsMalformed() {
        for (var missing : new String[] {null, ""}) {
            var text = hs256(claims(claims -> {
                claims.put("scope", "file-upload");
                claims.put("unique_id", missing);
            }));
            assertThat(refusal(() -> verifier.upload(text))).isEqualTo(TokenRefusal.MALFORMED);
        }
    }

    @Test
    void exactlyOneOf64ThreadsUsesAToken() throws Exception {
        var token = verifier.upload(
                signer(Dialect.PELICAN).upload(SERVER, TokenUser.of(USER)).text());
        var barrier = new CyclicBarrier(64);
        var threads = Executors.newFixedThreadPool(64);
        try {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 64; i++) {
                tasks.add(() -> {
                    barrier.await();
                    return catchThrowable(() -> verifier.use(token)) == null;
                });
            }
            int winners = 0;
            for (var result : threads.invokeAll(tasks)) {
                winners += result.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shortSecretsAreRefusedWithoutBeingShown() {
        var shortOne = new NodeCredentials("id", "abcdefghijklmnopqrstuvwxyz01234");
        assertThatThrownBy(() -> TokenVerifier.builder(shortOne, clock).build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("31 bytes")
                .hasMessageContaining("32")
                .hasMessageNotContaining("abc");
        assertThatThrownBy(() -> TokenSigner.builder(shortOne).build()).isInstanceOf(InvalidInputException.class);
        var enough = new NodeCredentials("id", "abcdefghijklmnopqrstuvwxyz012345");
        assertThat(TokenVerifier.builder(enough, clock).build()).isNotNull();
    }

    @Test
    void randomClaimsAreReadOrRefusedAndNothingElse() {
        var random = new Random(20_260_101);
        var purposes = List.of(TokenPurpose.values());
        var verifiers = new EnumMap<Dialect, TokenVerifier>(Dialect.class);
        SIGNING.forEach(dialect -> verifiers.put(dialect, verifier(dialect)));
        for (int i = 0; i < 5_000; i++) {
            var payload = WireJson.writeText(console(claims -> disturb(claims, random)));
            if (random.nextInt(10) == 0) {
                payload = payload.substring(0, random.nextInt(payload.length()));
            }
            var text = signed(JWSAlgorithm.HS256, payload);
            var dialect = SIGNING.get(random.nextInt(SIGNING.size()));
            var purpose = purposes.get(random.nextInt(purposes.size()));
            var thrown = catchThrowable(() -> verify(verifiers.get(dialect), purpose, text));
            if (thrown != null) {
                assertThat(thrown).as(payload).isInstanceOf(TokenRefusedException.class);
            }
        }
    }

    private static void disturb(Map<String, Object> claims, Random random) {
        var names = List.of(
                "iat",
                "nbf",
                "exp",
                "jti",
                "sub",
                "aud",
                "scope",
                "server_uuid",
                "user_uuid",
                "unique_id",
                "permissions",
                "file_path",
                "file_paths",
                "ignored_files",
                "backup_uuid");
        for (int i = random.nextInt(4); i >= 0; i--) {
            var name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(9)) {
                case 0 -> claims.remove(name);
                case 1 -> claims.put(name, Json.Null.INSTANCE);
                case 2 -> claims.put(name, random.nextLong());
                case 3 ->
                    claims.put(name, new BigDecimal(random.nextDouble()).movePointRight(random.nextInt(600) - 300));
                case 4 -> claims.put(name, List.of("a", random.nextInt()));
                case 5 -> claims.put(name, Map.of("a", "b"));
                case 6 -> claims.put(name, SERVER.toString());
                case 7 -> claims.put(name, "file-upload file-download backup-download transfer");
                default -> claims.put(name, new String(new char[] {(char) random.nextInt(0xD800)}));
            }
        }
    }

    private static Map<String, Object> console(Consumer<Map<String, Object>> change) {
        return claims(claims -> {
            claims.put("scope", "websocket");
            claims.put("permissions", SOME.toList());
            change.accept(claims);
        });
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TokenRefusal refusal(ThrowingCallable call) {
        var refused = catchThrowableOfType(TokenRefusedException.class, call);
        assertThat(refused).as("refused").isNotNull();
        return refused.reason();
    }
}
