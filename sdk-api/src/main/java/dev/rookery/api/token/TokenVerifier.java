package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.TokenDialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.permission.Permission;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the tokens of one node. Every refusal is a {@link TokenRefusedException} with its reason. Immutable but for its denylist and its
 * counts of use; thread-safe. Source: node API §3.
 *
 * <p>A token is good for one purpose: the one its {@code scope} names. Tokens without {@code scope} (Pterodactyl's, Flamingo's) are refused
 * unless {@link Builder#acceptUnscoped} says otherwise; then each has to carry the claims of its purpose and of no other one
 * (CVE-2026-54593: a node that took any token of the panel for uploads).
 *
 * <p>A one-time token is judged, then used up: {@code var token = verifier.fileDownload(text)}, look for the file,
 * {@code verifier.use(token)}, send. Requests that fetch nothing ({@code HEAD}, {@code OPTIONS}) leave out the second step.
 */
public final class TokenVerifier {

    private static final int MAX_CHARS = 16 * 1024;
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private final ClaimsReader reader;
    private final JWSVerifier key;
    private final Clock clock;
    private final TokenDenylist denylist;
    private final SingleUse singleUse;
    private final @Nullable Instant startedAt;
    private final Duration clockTolerance;
    private final Duration maxLifetime;

    private TokenVerifier(Builder builder) {
        var dialect = TokenDialect.of(builder.dialect);
        reader = new ClaimsReader(dialect, builder.acceptUnscoped);
        clock = builder.clock;
        startedAt = builder.startedAt;
        clockTolerance = builder.clockTolerance;
        maxLifetime = builder.maxLifetime;
        denylist = builder.denylist == null ? TokenDenylist.create(clock, maxLifetime) : builder.denylist;
        singleUse = builder.singleUse == null ? SingleUse.create(clock, dialect.uses()) : builder.singleUse;
        if (denylist.retention().compareTo(maxLifetime) < 0) {
            throw new InvalidInputException("denylist: keeps denials for " + denylist.retention()
                    + " (expected: at least as long as a token may last, " + maxLifetime + ")");
        }
        try {
            key = new MACVerifier(SigningKey.of(builder.credentials));
        } catch (JOSEException e) {
            throw new IllegalStateException("the node's secret was measured before", e);
        }
    }

    /**
     * Returns a builder.
     *
     * @param credentials the node's; the secret needs at least 32 bytes
     * @param clock tells the time
     */
    public static Builder builder(NodeCredentials credentials, Clock clock) {
        return new Builder(credentials, clock);
    }

    /**
     * Judges a token that opens the console of a server.
     *
     * @throws TokenRefusedException if it is not good for that
     */
    public ConsoleToken console(String text, ServerId server) {
        var token = verify(text, ConsoleToken.class, TokenPurpose.CONSOLE);
        if (!token.server().equals(server)) {
            throw new TokenRefusedException(TokenRefusal.SERVER_MISMATCH, "presented for server " + server);
        }
        if (!token.permissions().allows(Permission.CONNECT)) {
            throw new TokenRefusedException(TokenRefusal.NO_CONNECT, "without " + Permission.CONNECT);
        }
        return token;
    }

    /**
     * Judges a token that fetches files.
     *
     * @throws TokenRefusedException if it is not good for that
     */
    public FileDownloadToken fileDownload(String text) {
        return verify(text, FileDownloadToken.class, TokenPurpose.FILE_DOWNLOAD);
    }

    /**
     * Judges a token that fetches a backup.
     *
     * @throws TokenRefusedException if it is not good for that
     */
    public BackupDownloadToken backupDownload(String text) {
        return verify(text, BackupDownloadToken.class, TokenPurpose.BACKUP_DOWNLOAD);
    }

    /**
     * Judges a token that stores files.
     *
     * @throws TokenRefusedException if it is not good for that
     */
    public UploadToken upload(String text) {
        return verify(text, UploadToken.class, TokenPurpose.UPLOAD);
    }

    /**
     * Judges a token with which a server arrives from another node.
     *
     * @throws TokenRefusedException if it is not good for that
     */
    public TransferToken transfer(String text) {
        return verify(text, TransferToken.class, TokenPurpose.TRANSFER);
    }

    /**
     * Counts one use of a token. Only one of many callers that come at the same time gets the last use.
     *
     * @throws TokenRefusedException if it has been used as often as it may be
     */
    public void use(Token token) {
        if (token.purpose().limitedUse() && !singleUse.use(token)) {
            throw used();
        }
    }

    /**
     * Judges again a token that was good before, such as that of an open console: it may have expired or been taken back.
     *
     * @throws TokenRefusedException if it is good no longer
     */
    public void recheck(Token token) {
        var stamp = token.stamp();
        if (token.expired(clock.instant())) {
            throw new TokenRefusedException(TokenRefusal.EXPIRED, "expired at " + stamp.expiresAt());
        }
        if (startedAt != null && stamp.issuedAt().isBefore(startedAt)) {
            throw new TokenRefusedException(TokenRefusal.DENIED, "made before this node started at " + startedAt);
        }
        if (denylist.denies(token)) {
            throw new TokenRefusedException(TokenRefusal.DENIED, "taken back, made at " + stamp.issuedAt());
        }
    }

    /** Returns where denials of these tokens go. */
    public TokenDenylist denylist() {
        return denylist;
    }

    private <T extends Token> T verify(String text, Class<T> type, TokenPurpose purpose) {
        requireNonNull(text, "text");
        var claims = open(text);
        var token = reader.read(claims, purpose);
        requirePlausible(token.stamp(), claims.date("nbf"));
        recheck(token);
        if (purpose.limitedUse() && singleUse.usedUp(token)) {
            throw used();
        }
        return type.cast(token);
    }

    /** Returns the claims once the signature is proven. No claim is looked at before. */
    private Claims open(String text) {
        if (text.length() > MAX_CHARS || !COMPACT.matcher(text).matches()) {
            throw new TokenRefusedException(TokenRefusal.MALFORMED, "no JWT of at most " + MAX_CHARS + " characters");
        }
        try {
            var jws = JWSObject.parse(text);
            // The algorithm is ours to choose, never the token's.
            if (!JWSAlgorithm.HS256.equals(jws.getHeader().getAlgorithm()) || !jws.verify(key)) {
                throw new TokenRefusedException(TokenRefusal.SIGNATURE, "not signed by this node's panel with HS256");
            }
            return new Claims(WireJson.read(jws.getPayload().toBytes(), Json.Obj.class));
        } catch (ParseException | JOSEException | InvalidInputException e) {
            throw new TokenRefusedException(TokenRefusal.MALFORMED, "not a JWT", e);
        }
    }

    private void requirePlausible(TokenStamp stamp, Optional<Instant> notBefore) {
        var latest = clock.instant().plus(clockTolerance);
        var from = notBefore.filter(stamp.issuedAt()::isBefore).orElse(stamp.issuedAt());
        if (from.isAfter(latest)) {
            throw new TokenRefusedException(TokenRefusal.NOT_YET_VALID, "good from " + from);
        }
        var lifetime = Duration.between(stamp.issuedAt(), stamp.expiresAt());
        if (lifetime.compareTo(maxLifetime) > 0) {
            throw new TokenRefusedException(
                    TokenRefusal.TOO_LONG, "good for " + lifetime + " (expected: at most " + maxLifetime + ")");
        }
    }

    private static TokenRefusedException used() {
        return new TokenRefusedException(TokenRefusal.ALREADY_USED, "used as often as it may be");
    }

    /** Collects what a verifier needs. */
    public static final class Builder {

        private static final Duration MAX_TOLERANCE = Duration.ofHours(1);

        private final NodeCredentials credentials;
        private final Clock clock;
        private Dialect dialect = Dialect.PELICAN;
        private boolean acceptUnscoped;
        private @Nullable TokenDenylist denylist;
        private @Nullable SingleUse singleUse;
        private @Nullable Instant startedAt;
        private Duration clockTolerance = Duration.ofMinutes(5);
        private Duration maxLifetime = Duration.ofHours(1);

        private Builder(NodeCredentials credentials, Clock clock) {
            this.credentials = requireNonNull(credentials, "credentials");
            this.clock = requireNonNull(clock, "clock");
        }

        /** Sets the panel's style, Pelican's by default. */
        public Builder dialect(Dialect dialect) {
            this.dialect = requireNonNull(dialect, "dialect");
            return this;
        }

        /**
         * Sets whether tokens without {@code scope} are accepted, judged by their other claims; by default they are not. Panels of
         * Pterodactyl and Flamingo make no other ones.
         *
         * <p>Console, download and transfer tokens have a claim each that no other kind has. An upload token has none: it carries only
         * what every token of a user carries. So one that holds any further claim, even one unknown here, is refused as an upload, and so
         * is one that names no server. A panel that began to make another kind of token without a claim of its own would give away the
         * right to upload with it: that is the panel's format, and why this is to be set for such panels only.
         */
        public Builder acceptUnscoped(boolean acceptUnscoped) {
            this.acceptUnscoped = acceptUnscoped;
            return this;
        }

        /** Sets where denials are looked up, a new list by default. It has to remember them for as long as a token may last. */
        public Builder denylist(TokenDenylist denylist) {
            this.denylist = requireNonNull(denylist, "denylist");
            return this;
        }

        /** Sets what counts the uses of one-time tokens, a new count of the dialect's number by default. */
        public Builder singleUse(SingleUse singleUse) {
            this.singleUse = requireNonNull(singleUse, "singleUse");
            return this;
        }

        /**
         * Sets when the node started: tokens made earlier are refused, because it may have forgotten that they were denied. By default
         * none are, which is right where the denylist is kept over restarts.
         */
        public Builder startedAt(Instant startedAt) {
            this.startedAt = requireNonNull(startedAt, "startedAt");
            return this;
        }

        /** Sets how far the panel's clock may be ahead, five minutes by default, an hour at most. */
        public Builder clockTolerance(Duration clockTolerance) {
            if (clockTolerance.isNegative() || clockTolerance.compareTo(MAX_TOLERANCE) > 0) {
                throw new InvalidInputException(
                        "clockTolerance: " + clockTolerance + " (expected: 0 to " + MAX_TOLERANCE + ")");
            }
            this.clockTolerance = clockTolerance;
            return this;
        }

        /** Sets how long a token may last, an hour by default. Denials are forgotten after that time. */
        public Builder maxLifetime(Duration maxLifetime) {
            if (maxLifetime.isNegative() || maxLifetime.isZero()) {
                throw new InvalidInputException("maxLifetime: " + maxLifetime + " (expected: > 0)");
            }
            this.maxLifetime = maxLifetime;
            return this;
        }

        /**
         * Returns the verifier.
         *
         * @throws InvalidInputException if the secret is too short, or the denylist forgets sooner than a token expires
         */
        public TokenVerifier build() {
            return new TokenVerifier(this);
        }
    }
}
