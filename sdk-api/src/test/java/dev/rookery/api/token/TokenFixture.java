package dev.rookery.api.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.permission.Permissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** One node, one server, one user, one clock. */
class TokenFixture {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final NodeCredentials NODE = new NodeCredentials("AbCdEfGh12345678", "s".repeat(64));
    static final ServerId SERVER = ServerId.parse("7c0d1e52-4c6f-4c53-8a6b-6f0f2a9f3f11");
    static final UUID USER = UUID.fromString("1b4e28ba-2fa1-41d2-883f-0016d3cca427");
    static final BackupId BACKUP = BackupId.parse("0e51a3c2-3f7b-4f0b-9a53-0d6f7f1a2b3c");
    static final Permissions SOME = Permissions.of(Permission.CONNECT, Permission.START);
    static final List<Dialect> SIGNING =
            List.of(Dialect.PELICAN, Dialect.PTERODACTYL, Dialect.CALAGOPUS, Dialect.FLAMINGO, Dialect.NEXUS);

    final SettableClock clock = new SettableClock(NOW);

    TokenSigner signer(Dialect dialect) {
        return TokenSigner.builder(NODE)
                .dialect(dialect)
                .panelUrl("https://panel.example.com")
                .nodeUrl("https://node.example.com:8080")
                .clock(clock)
                .build();
    }

    TokenVerifier.Builder verifier() {
        return TokenVerifier.builder(NODE, clock);
    }

    /** A verifier that takes what the panels of a dialect make. */
    TokenVerifier verifier(Dialect dialect) {
        return verifier().dialect(dialect).acceptUnscoped(true).build();
    }

    SignedToken<?> sign(Dialect dialect, TokenPurpose purpose) {
        var signer = signer(dialect);
        var user = TokenUser.of(USER);
        return switch (purpose) {
            case CONSOLE -> signer.console(SERVER, caller(Duration.ofHours(1)));
            case FILE_DOWNLOAD -> signer.fileDownload(SERVER, user, "/logs/latest.log");
            case BACKUP_DOWNLOAD -> signer.backupDownload(SERVER, user, BACKUP);
            case UPLOAD -> signer.upload(SERVER, user);
            case TRANSFER -> signer.transfer(SERVER);
        };
    }

    static Token verify(TokenVerifier verifier, TokenPurpose purpose, String text) {
        return switch (purpose) {
            case CONSOLE -> verifier.console(text, SERVER);
            case FILE_DOWNLOAD -> verifier.fileDownload(text);
            case BACKUP_DOWNLOAD -> verifier.backupDownload(text);
            case UPLOAD -> verifier.upload(text);
            case TRANSFER -> verifier.transfer(text);
        };
    }

    Caller.User caller(Duration authority) {
        return new Caller.User(USER, SOME, "", clock.instant().plus(authority));
    }

    /** Claims that Pelican's node takes for any purpose whose scope is added. */
    static Map<String, Object> claims(Consumer<Map<String, Object>> change) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("jti", "id");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("nbf", NOW.getEpochSecond() - 300);
        claims.put("exp", NOW.getEpochSecond() + 60);
        claims.put("server_uuid", SERVER.toString());
        claims.put("user_uuid", USER.toString());
        claims.put("unique_id", "u3Zq0fYtB1xLmN8k");
        change.accept(claims);
        return claims;
    }

    static String hs256(Map<String, Object> claims) {
        return signed(JWSAlgorithm.HS256, WireJson.writeText(claims));
    }

    static String signed(JWSAlgorithm algorithm, String payload) {
        try {
            var jws = new JWSObject(new JWSHeader(algorithm), new Payload(payload));
            jws.sign(new MACSigner(NODE.token()));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
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

        void set(Instant instant) {
            now = instant;
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
