package dev.rookery.api.token;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.TokenDialect;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Turns a token into the claims of a dialect. Immutable. */
final class ClaimsWriter {

    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final TokenDialect dialect;
    private final String panelUrl;
    private final String nodeUrl;

    ClaimsWriter(TokenDialect dialect, String panelUrl, String nodeUrl) {
        this.dialect = dialect;
        this.panelUrl = panelUrl;
        this.nodeUrl = nodeUrl;
    }

    Json.Obj write(Token token, Optional<TokenUser> user) {
        var claims = new LinkedHashMap<String, Json>();
        stamp(token.stamp(), claims);
        if (dialect.writesServer(token.purpose())) {
            token.serverId().map(ServerId::toString).ifPresent(server -> claims.put("server_uuid", text(server)));
        }
        own(token, claims);
        if (dialect.writesUser(token.purpose())) {
            token.userId().map(UUID::toString).ifPresent(uuid -> claims.put("user_uuid", text(uuid)));
            if (dialect.writesUserNumber()
                    && user.isPresent()
                    && user.get().number().isPresent()) {
                claims.put("user_id", number(user.get().number().getAsLong()));
            }
        }
        if (dialect.scoped()) {
            claims.put("scope", text(TokenDialect.scope(token.purpose())));
        }
        token.stamp().uniqueId().ifPresent(id -> claims.put("unique_id", text(id)));
        return new Json.Obj(claims);
    }

    private void stamp(TokenStamp stamp, Map<String, Json> claims) {
        dialect.issuer(panelUrl).ifPresent(issuer -> claims.put("iss", text(issuer)));
        dialect.audience(nodeUrl).ifPresent(audience -> claims.put("aud", texts(audience)));
        claims.put("jti", text(stamp.id()));
        claims.put("iat", date(stamp.issuedAt()));
        if (dialect.notBefore()) {
            claims.put("nbf", date(stamp.issuedAt().minus(BEFORE)));
        }
        claims.put("exp", date(stamp.expiresAt()));
    }

    private void own(Token token, Map<String, Json> claims) {
        if (token instanceof ConsoleToken console) {
            claims.put("permissions", texts(console.permissions().toList()));
        } else if (token instanceof FileDownloadToken download) {
            claims.put("file_path", text(download.path()));
            many("file_paths", download.names(), claims);
            many("ignored_files", download.ignoredFiles(), claims);
        } else if (token instanceof BackupDownloadToken download) {
            claims.put("backup_uuid", text(download.backup().toString()));
        } else if (token instanceof UploadToken upload) {
            many("ignored_files", upload.ignoredFiles(), claims);
        } else if (token instanceof TransferToken transfer) {
            claims.put("sub", text(transfer.server().toString()));
        }
    }

    private void many(String name, List<String> values, Map<String, Json> claims) {
        if (values.isEmpty()) {
            return;
        }
        if (!dialect.manyFiles()) {
            throw new InvalidInputException(
                    name + ": " + values.size() + " entries (expected: none, this dialect has no such claim)");
        }
        claims.put(name, texts(values));
    }

    private static Json date(Instant instant) {
        return number(instant.getEpochSecond());
    }

    private static Json number(long value) {
        return new Json.Num(BigDecimal.valueOf(value));
    }

    private static Json text(String value) {
        return new Json.Text(value);
    }

    private static Json texts(List<String> values) {
        return new Json.Array(values.stream().map(ClaimsWriter::text).toList());
    }
}
