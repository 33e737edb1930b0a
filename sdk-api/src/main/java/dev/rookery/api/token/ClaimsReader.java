package dev.rookery.api.token;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.PermissionDialect;
import dev.rookery.api.dialect.TokenDialect;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Turns the claims of a dialect into a token of the purpose it was presented for. Immutable. */
final class ClaimsReader {

    /** What the panels without scope write into the tokens of a user, whatever they are for. Source: node API §3.2. */
    private static final Set<String> SHARED =
            Set.of("iss", "aud", "jti", "iat", "nbf", "exp", "server_uuid", "user_uuid", "user_id", "unique_id");

    private final TokenDialect dialect;
    private final boolean acceptUnscoped;

    ClaimsReader(TokenDialect dialect, boolean acceptUnscoped) {
        this.dialect = dialect;
        this.acceptUnscoped = acceptUnscoped;
    }

    Token read(Claims claims, TokenPurpose purpose) {
        var stamp = stamp(claims, purpose);
        requirePurpose(claims, purpose);
        return switch (purpose) {
            case CONSOLE ->
                new ConsoleToken(
                        stamp,
                        claims.server("server_uuid"),
                        user(claims, purpose).orElseThrow(() -> Claims.malformed("user_uuid", "a uuid", null)),
                        PermissionDialect.read(claims.texts("permissions")));
            case FILE_DOWNLOAD ->
                new FileDownloadToken(
                        stamp,
                        claims.server("server_uuid"),
                        user(claims, purpose),
                        claims.text("file_path").orElseThrow(() -> Claims.malformed("file_path", "a text", null)),
                        claims.texts("file_paths"),
                        claims.texts("ignored_files"));
            case BACKUP_DOWNLOAD ->
                new BackupDownloadToken(
                        stamp,
                        dialect.writesServer(purpose) || claims.has("server_uuid")
                                ? Optional.of(claims.server("server_uuid"))
                                : Optional.empty(),
                        user(claims, purpose),
                        claims.backup("backup_uuid"));
            case UPLOAD ->
                new UploadToken(
                        stamp, claims.server("server_uuid"), user(claims, purpose), claims.texts("ignored_files"));
            case TRANSFER -> new TransferToken(stamp, claims.server("sub"));
        };
    }

    private TokenStamp stamp(Claims claims, TokenPurpose purpose) {
        var uniqueId = claims.text("unique_id").filter(id -> !id.isEmpty());
        if (purpose.limitedUse() && dialect.countsByUniqueId() && uniqueId.isEmpty()) {
            throw Claims.malformed("unique_id", "a text", null);
        }
        return new TokenStamp(claims.require("jti"), claims.requireDate("iat"), claims.requireDate("exp"), uniqueId);
    }

    private Optional<UUID> user(Claims claims, TokenPurpose purpose) {
        var named = claims.user("user_uuid");
        var user = named.isEmpty() && dialect.idNamesUser() ? claims.text("jti").flatMap(ClaimsReader::uuid) : named;
        if (user.isEmpty() && dialect.requiresUser(purpose)) {
            throw Claims.malformed("user_uuid", "a uuid", null);
        }
        return user;
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(ServerId.parse(id).value());
        } catch (InvalidInputException ignored) {
            // Another panel's kind of id: it names nobody.
            return Optional.empty();
        }
    }

    private void requirePurpose(Claims claims, TokenPurpose purpose) {
        boolean good = claims.has("scope")
                ? dialect.scopes(claims.text("scope").orElse("")).contains(TokenDialect.scope(purpose))
                : acceptUnscoped && purposes(claims).equals(Set.of(purpose));
        if (!good) {
            throw new TokenRefusedException(
                    TokenRefusal.SCOPE, "not for the purpose '" + TokenDialect.scope(purpose) + "'");
        }
    }

    /**
     * Returns what a token without scope can be for: one purpose, or several, which no honest panel makes, or none. An upload has no claim
     * of its own: it is told by the claims that all tokens of a user share, and by the absence of every other one, known or not.
     */
    private static Set<TokenPurpose> purposes(Claims claims) {
        var found = EnumSet.noneOf(TokenPurpose.class);
        if (claims.has("permissions")) {
            found.add(TokenPurpose.CONSOLE);
        }
        if (claims.has("file_path") || claims.has("file_paths")) {
            found.add(TokenPurpose.FILE_DOWNLOAD);
        }
        if (claims.has("backup_uuid")) {
            found.add(TokenPurpose.BACKUP_DOWNLOAD);
        }
        if (claims.has("sub")) {
            found.add(TokenPurpose.TRANSFER);
        }
        if (claims.has("server_uuid") && SHARED.containsAll(claims.names())) {
            found.add(TokenPurpose.UPLOAD);
        }
        return found;
    }
}
