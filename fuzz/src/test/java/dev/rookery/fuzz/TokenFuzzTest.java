package dev.rookery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.TokenPurpose;
import dev.rookery.api.token.TokenRefusedException;
import dev.rookery.api.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class TokenFuzzTest {

    private static final NodeCredentials NODE = new NodeCredentials("AbCdEfGh12345678", "s".repeat(64));
    private static final ServerId SERVER = ServerId.parse("7c0d1e52-4c6f-4c53-8a6b-6f0f2a9f3f11");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final List<TokenVerifier> STRICT = verifiers(false);
    private static final List<TokenVerifier> LENIENT = verifiers(true);

    @FuzzTest(maxDuration = "10m")
    void whatTheNodesKeyDidNotSignIsRefused(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        for (var verifier : LENIENT) {
            assertThat(purposes(verifier, text)).isEmpty();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void signedClaimsAreGoodForWhatTheySayOrRefused(byte[] payload) throws JOSEException {
        var jws = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
        jws.sign(new MACSigner(NODE.token()));
        var text = jws.serialize();
        boolean scoped = hasScope(payload);
        for (var verifier : STRICT) {
            var good = purposes(verifier, text);
            assertThat(scoped || good.isEmpty())
                    .as("unscoped, yet good for %s", good)
                    .isTrue();
        }
        for (var verifier : LENIENT) {
            var good = purposes(verifier, text);
            assertThat(scoped || good.size() <= 1)
                    .as("unscoped, yet good for %s", good)
                    .isTrue();
        }
    }

    private static Set<TokenPurpose> purposes(TokenVerifier verifier, String text) {
        var good = EnumSet.noneOf(TokenPurpose.class);
        for (var purpose : TokenPurpose.values()) {
            try {
                var token = switch (purpose) {
                    case CONSOLE -> verifier.console(text, SERVER);
                    case FILE_DOWNLOAD -> verifier.fileDownload(text);
                    case BACKUP_DOWNLOAD -> verifier.backupDownload(text);
                    case UPLOAD -> verifier.upload(text);
                    case TRANSFER -> verifier.transfer(text);
                };
                assertThat(token.purpose()).isEqualTo(purpose);
                good.add(purpose);
            } catch (TokenRefusedException refused) {
                assertThat(refused.getMessage()).doesNotContain(NODE.token());
            }
        }
        return good;
    }

    private static boolean hasScope(byte[] payload) {
        try {
            return WireJson.read(payload, Json.class) instanceof Json.Obj claims
                    && claims.members().containsKey("scope");
        } catch (InvalidInputException ignored) {
            // No claims at all.
            return false;
        }
    }

    private static List<TokenVerifier> verifiers(boolean acceptUnscoped) {
        var all = new ArrayList<TokenVerifier>();
        for (var dialect : Dialect.values()) {
            all.add(TokenVerifier.builder(NODE, CLOCK)
                    .dialect(dialect)
                    .acceptUnscoped(acceptUnscoped)
                    .build());
        }
        return List.copyOf(all);
    }
}
