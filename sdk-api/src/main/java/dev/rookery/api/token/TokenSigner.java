package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.dialect.TokenDialect;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.permission.Permissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tokens of one node, as a panel does. Thread-safe.
 *
 * <pre>{@code
 * var signer = TokenSigner.builder(credentials)
 *         .panelUrl("https://panel.example.com")
 *         .nodeUrl("https://node.example.com:8080")
 *         .build();
 * var link = nodeUrl + "/download/file?token=" + signer.fileDownload(server, user, "/logs/latest.log").text();
 * }</pre>
 */
public final class TokenSigner {

    private final TokenDialect dialect;
    private final ClaimsWriter writer;
    private final JWSSigner key;
    private final Clock clock;
    private final SecureRandom random;

    private TokenSigner(Builder builder) {
        dialect = TokenDialect.of(builder.dialect);
        writer = new ClaimsWriter(dialect, builder.panelUrl, builder.nodeUrl);
        clock = builder.clock;
        random = builder.random;
        try {
            key = new MACSigner(SigningKey.of(builder.credentials));
        } catch (JOSEException e) {
            throw new IllegalStateException("the node's secret was measured before", e);
        }
    }

    /**
     * Returns a builder.
     *
     * @param credentials the node's; the secret needs at least 32 bytes
     */
    public static Builder builder(NodeCredentials credentials) {
        return new Builder(credentials);
    }

    /**
     * Makes a token that opens the console.
     *
     * @param server the only server it is good for
     * @param caller on whose authority: the token ends with it, or after ten minutes if that is sooner
     */
    public SignedToken<ConsoleToken> console(ServerId server, Caller.User caller) {
        var left = Duration.between(clock.instant(), caller.expiresAt());
        var lifetime = TokenPurpose.CONSOLE.lifetime();
        return console(
                server,
                TokenUser.of(caller.user()),
                caller.permissions(),
                left.compareTo(lifetime) < 0 ? left : lifetime);
    }

    /**
     * Makes a token that opens the console.
     *
     * @param server the only server it is good for
     * @param user whom it stands for
     * @param permissions what that user may do
     * @param lifetime how long it is good
     */
    public SignedToken<ConsoleToken> console(
            ServerId server, TokenUser user, Permissions permissions, Duration lifetime) {
        var stamp = stamp(TokenPurpose.CONSOLE, Optional.of(user), server, lifetime);
        return sign(new ConsoleToken(stamp, server, user.uuid(), permissions), Optional.of(user));
    }

    /**
     * Makes a token that fetches one file, or in Calagopus' dialect one directory.
     *
     * @param server whose file
     * @param user whom it stands for
     * @param path which file, from the server's root
     */
    public SignedToken<FileDownloadToken> fileDownload(ServerId server, TokenUser user, String path) {
        return fileDownload(server, user, path, List.of(), List.of());
    }

    /**
     * Makes a token that fetches files together.
     *
     * @param server whose files
     * @param user whom it stands for
     * @param path the directory
     * @param names its entries to fetch; none means {@code path} itself
     * @param ignoredFiles patterns of what the user may not see
     * @throws InvalidInputException if the dialect has no such tokens
     */
    public SignedToken<FileDownloadToken> fileDownload(
            ServerId server, TokenUser user, String path, List<String> names, List<String> ignoredFiles) {
        var stamp = stamp(TokenPurpose.FILE_DOWNLOAD, Optional.of(user), server);
        return sign(
                new FileDownloadToken(stamp, server, Optional.of(user.uuid()), path, names, ignoredFiles),
                Optional.of(user));
    }

    /**
     * Makes a token that fetches a backup.
     *
     * @param server whose backup
     * @param user whom it stands for
     * @param backup which backup
     */
    public SignedToken<BackupDownloadToken> backupDownload(ServerId server, TokenUser user, BackupId backup) {
        var stamp = stamp(TokenPurpose.BACKUP_DOWNLOAD, Optional.of(user), server);
        return sign(
                new BackupDownloadToken(stamp, Optional.of(server), Optional.of(user.uuid()), backup),
                Optional.of(user));
    }

    /**
     * Makes a token that stores files.
     *
     * @param server whose files
     * @param user whom it stands for
     */
    public SignedToken<UploadToken> upload(ServerId server, TokenUser user) {
        return upload(server, user, List.of());
    }

    /**
     * Makes a token that stores files except some.
     *
     * @param server whose files
     * @param user whom it stands for
     * @param ignoredFiles patterns of what the user may not touch
     * @throws InvalidInputException if the dialect has no such tokens
     */
    public SignedToken<UploadToken> upload(ServerId server, TokenUser user, List<String> ignoredFiles) {
        var stamp = stamp(TokenPurpose.UPLOAD, Optional.of(user), server);
        return sign(new UploadToken(stamp, server, Optional.of(user.uuid()), ignoredFiles), Optional.of(user));
    }

    /**
     * Makes a token with which another node sends a server to this one.
     *
     * @param server which server
     */
    public SignedToken<TransferToken> transfer(ServerId server) {
        var stamp = stamp(TokenPurpose.TRANSFER, Optional.empty(), server);
        return sign(new TransferToken(stamp, server), Optional.empty());
    }

    private TokenStamp stamp(TokenPurpose purpose, Optional<TokenUser> user, ServerId server) {
        return stamp(purpose, user, server, purpose.lifetime());
    }

    private TokenStamp stamp(TokenPurpose purpose, Optional<TokenUser> user, ServerId server, Duration lifetime) {
        var now = clock.instant();
        return new TokenStamp(
                dialect.id(user, server),
                now.truncatedTo(ChronoUnit.SECONDS),
                now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS),
                dialect.uniqueId(purpose, random));
    }

    private <T extends Token> SignedToken<T> sign(T token, Optional<TokenUser> user) {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT);
        if (dialect.repeatsInHeader()) {
            header.customParam("jti", token.stamp().id());
            if (token instanceof TransferToken transfer) {
                header.customParam("sub", transfer.server().toString());
            }
        }
        var jws = new JWSObject(header.build(), new Payload(WireJson.writeText(writer.write(token, user))));
        try {
            jws.sign(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
        return new SignedToken<>(token, jws.serialize());
    }

    /** Collects what a signer needs. */
    public static final class Builder {

        private final NodeCredentials credentials;
        private Dialect dialect = Dialect.PELICAN;
        private String panelUrl = "";
        private String nodeUrl = "";
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(NodeCredentials credentials) {
            this.credentials = requireNonNull(credentials, "credentials");
        }

        /** Sets whose style the tokens have, Pelican's by default. */
        public Builder dialect(Dialect dialect) {
            this.dialect = requireNonNull(dialect, "dialect");
            return this;
        }

        /** Sets the {@code iss} claim of the dialects that name the panel, empty by default. */
        public Builder panelUrl(String panelUrl) {
            this.panelUrl = requireNonNull(panelUrl, "panelUrl");
            return this;
        }

        /** Sets the {@code aud} claim of the dialects that name the node, empty by default. */
        public Builder nodeUrl(String nodeUrl) {
            this.nodeUrl = requireNonNull(nodeUrl, "nodeUrl");
            return this;
        }

        /** Sets the clock, the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Sets where random ids come from, a new source by default. */
        public Builder random(SecureRandom random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /**
         * Returns the signer.
         *
         * @throws InvalidInputException if the secret is too short
         */
        public TokenSigner build() {
            return new TokenSigner(this);
        }
    }
}
