package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The token with which a user opens the console of one server: a JWT signed with HS256 and the node's secret. Source: node API §3.
 *
 * @param server the only server it is good for
 * @param user whom it stands for
 * @param permissions what that user may do
 * @param issuedAt when it was made, whole seconds
 * @param expiresAt when it ends, whole seconds
 * @param id the {@code jti}: the same for all tokens of one user on one server, so that all can be denied at once
 */
public record ConsoleToken(
        ServerId server, UUID user, Permissions permissions, Instant issuedAt, Instant expiresAt, String id) {

    /** How long a token lasts unless said otherwise: 10 minutes, as the panels do it. */
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /** The purpose claim: a token without it, or with another one, is refused. */
    public static final String SCOPE = "websocket";

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final int KEY_MIN_BYTES = 32;
    private static final int UNIQUE_ID_LENGTH = 16;

    /** Checks its arguments. */
    public ConsoleToken {
        requireNonNull(server, "server");
        requireNonNull(user, "user");
        requireNonNull(permissions, "permissions");
        requireNonNull(issuedAt, "issuedAt");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(id, "id");
    }

    /**
     * Makes the token of a caller.
     *
     * @param server the server to open
     * @param caller on whose authority; the token ends with it, or after {@link #LIFETIME} if that is sooner
     * @param now the present time
     */
    public static ConsoleToken of(ServerId server, Caller.User caller, Instant now) {
        var end = now.plus(LIFETIME);
        return new ConsoleToken(
                server,
                caller.user(),
                caller.permissions(),
                now,
                caller.expiresAt().isBefore(end) ? caller.expiresAt() : end,
                idOf(caller.user(), server));
    }

    /** Returns the {@code jti} that Pelican gives the tokens of a user on a server. Source: node API §3.2. */
    public static String idOf(UUID user, ServerId server) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest((user.toString() + server).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Signs the token.
     *
     * @param credentials the node's; the secret needs at least 32 bytes
     * @param issuer the panel's URL
     * @param audience the node's URL
     * @throws InvalidInputException if the secret is too short
     */
    public String sign(NodeCredentials credentials, String issuer, String audience) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(List.of(audience))
                .jwtID(id)
                .issueTime(Date.from(issuedAt))
                .notBeforeTime(Date.from(issuedAt.minus(CLOCK_TOLERANCE)))
                .expirationTime(Date.from(expiresAt))
                .claim("scope", SCOPE)
                .claim("server_uuid", server.toString())
                .claim("user_uuid", user.toString())
                .claim("permissions", permissions.toList())
                .claim("unique_id", id.substring(0, Math.min(UNIQUE_ID_LENGTH, id.length())))
                .build();
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            jwt.sign(new MACSigner(key(credentials)));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a console token", e);
        }
        return jwt.serialize();
    }

    /**
     * Reads a token and checks everything about it.
     *
     * @param text the compact form
     * @param credentials the node's
     * @param server the server whose console is to be opened
     * @param now the present time
     * @throws DeniedException if the token is not good for that; the text is what a daemon sends as {@code jwt error}
     */
    public static ConsoleToken verify(String text, NodeCredentials credentials, ServerId server, Instant now) {
        try {
            var jwt = SignedJWT.parse(text);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !jwt.verify(new MACVerifier(key(credentials)))) {
                throw new DeniedException("jwt: signature is invalid");
            }
            return fromClaims(jwt.getJWTClaimsSet(), server, now);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            throw new DeniedException("jwt: malformed token", e);
        }
    }

    /** Returns the caller that this token stands for. */
    public Caller.User caller() {
        return new Caller.User(user, permissions, "", expiresAt);
    }

    private static ConsoleToken fromClaims(JWTClaimsSet claims, ServerId server, Instant now) throws ParseException {
        if (claims.getExpirationTime() == null || claims.getIssueTime() == null || claims.getJWTID() == null) {
            throw new DeniedException("jwt: malformed token");
        }
        var expiresAt = claims.getExpirationTime().toInstant();
        if (now.isAfter(expiresAt)) {
            throw new DeniedException("jwt: exp claim is invalid");
        }
        var issuedAt = claims.getIssueTime().toInstant();
        if (issuedAt.isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw new DeniedException("jwt: iat claim is invalid");
        }
        var scope = claims.getStringClaim("scope");
        if (scope == null || !List.of(scope.split(" ")).contains(SCOPE)) {
            throw new DeniedException("jwt: missing connect permission");
        }
        var serverUuid = claims.getStringClaim("server_uuid");
        var userUuid = claims.getStringClaim("user_uuid");
        if (serverUuid == null || userUuid == null) {
            throw new DeniedException("jwt: malformed token");
        }
        if (!server.equals(parseServer(serverUuid))) {
            throw new DeniedException("jwt: server uuid mismatch");
        }
        var names = claims.getStringListClaim("permissions");
        var permissions = names == null ? Permissions.none() : Permissions.parse(names);
        return new ConsoleToken(server, UUID.fromString(userUuid), permissions, issuedAt, expiresAt, claims.getJWTID());
    }

    private static ServerId parseServer(String text) {
        try {
            return ServerId.parse(text);
        } catch (InvalidInputException e) {
            throw new DeniedException("jwt: malformed token", e);
        }
    }

    private static byte[] key(NodeCredentials credentials) {
        byte[] key = credentials.token().getBytes(StandardCharsets.UTF_8);
        if (key.length < KEY_MIN_BYTES) {
            throw new InvalidInputException(
                    "node token: " + key.length + " bytes (expected: at least " + KEY_MIN_BYTES + ")");
        }
        return key;
    }
}
