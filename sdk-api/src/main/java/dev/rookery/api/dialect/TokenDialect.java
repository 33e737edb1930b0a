package dev.rookery.api.dialect;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.TokenPurpose;
import dev.rookery.api.token.TokenUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How the panels of each dialect write the claims of a token, and what its nodes want to read. Source: node API §3.2, §3.3. */
public final class TokenDialect {

    private static final int UNIQUE_ID_LENGTH = 16;
    private static final int CALAGOPUS_USES = 5;

    private final Dialect dialect;

    private TokenDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns the tokens of one dialect. Nexus names none; its tokens are as Pelican's. */
    public static TokenDialect of(Dialect dialect) {
        return new TokenDialect(requireNonNull(dialect, "dialect"));
    }

    /** Returns the name of a purpose, the same in all dialects that name it. */
    public static String scope(TokenPurpose purpose) {
        return switch (purpose) {
            case CONSOLE -> "websocket";
            case FILE_DOWNLOAD -> "file-download";
            case BACKUP_DOWNLOAD -> "backup-download";
            case UPLOAD -> "file-upload";
            case TRANSFER -> "transfer";
        };
    }

    /**
     * Returns whether tokens name their purpose in {@code scope}. Pterodactyl's panel writes none and its daemon reads none; daemons made from
     * it since CVE-2026-54593, such as Elytra, ask for one, so that ours name it there too.
     */
    public boolean scoped() {
        return dialect != Dialect.FLAMINGO;
    }

    /** Returns what a {@code scope} claim names: a list between blanks, in Calagopus' dialect between commas. */
    public List<String> scopes(String claim) {
        var separator = dialect == Dialect.CALAGOPUS ? "," : " ";
        return List.of(claim.split(separator, -1)).stream().map(String::strip).toList();
    }

    /** Returns the {@code iss} claim; empty if there is none. */
    public Optional<String> issuer(String panelUrl) {
        return switch (dialect) {
            case PELICAN, PTERODACTYL, NEXUS -> Optional.of(panelUrl);
            case CALAGOPUS -> Optional.of("panel");
            case FLAMINGO -> Optional.empty();
        };
    }

    /** Returns the {@code aud} claim, always a list: Calagopus refuses a single text; empty if there is none. */
    public Optional<List<String>> audience(String nodeUrl) {
        return switch (dialect) {
            case PELICAN, PTERODACTYL, NEXUS -> Optional.of(List.of(nodeUrl));
            case CALAGOPUS -> Optional.of(List.of());
            case FLAMINGO -> Optional.empty();
        };
    }

    /** Returns whether {@code nbf} is written, five minutes before {@code iat}. */
    public boolean notBefore() {
        return dialect != Dialect.FLAMINGO;
    }

    /** Returns whether the header repeats {@code jti} and {@code sub}. */
    public boolean repeatsInHeader() {
        return switch (dialect) {
            case PELICAN, PTERODACTYL, NEXUS -> true;
            case CALAGOPUS, FLAMINGO -> false;
        };
    }

    /** Returns the {@code jti} of the tokens of a user on a server. */
    public String id(Optional<TokenUser> user, ServerId server) {
        var text = user.map(TokenUser::key).orElse("") + server;
        return switch (dialect) {
            case PELICAN, NEXUS -> hex("SHA-256", text);
            case PTERODACTYL -> hex("MD5", text);
            case CALAGOPUS ->
                user.map(known -> known.uuid().toString())
                        .orElseGet(() -> UUID.randomUUID().toString());
            case FLAMINGO -> UUID.randomUUID().toString();
        };
    }

    /** Returns a new {@code unique_id}; empty if such tokens have none. */
    public Optional<String> uniqueId(TokenPurpose purpose, SecureRandom random) {
        return switch (dialect) {
            case PELICAN, PTERODACTYL, NEXUS -> Optional.of(NodeCredentials.randomText(random, UNIQUE_ID_LENGTH));
            case CALAGOPUS ->
                purpose == TokenPurpose.CONSOLE
                        ? Optional.empty()
                        : Optional.of(UUID.randomUUID().toString());
            case FLAMINGO -> Optional.empty();
        };
    }

    /** Returns whether {@code unique_id} is there to count uses by; elsewhere the random {@code jti} is. */
    public boolean countsByUniqueId() {
        return dialect != Dialect.FLAMINGO;
    }

    /** Returns how often a token of limited use may be used unless configured otherwise: browsers of Calagopus' panel fetch ranges. */
    public int uses() {
        return dialect == Dialect.CALAGOPUS ? CALAGOPUS_USES : 1;
    }

    /** Returns whether {@code user_uuid} is written. */
    public boolean writesUser(TokenPurpose purpose) {
        return purpose != TokenPurpose.TRANSFER
                && (dialect != Dialect.CALAGOPUS || purpose == TokenPurpose.CONSOLE || purpose == TokenPurpose.UPLOAD);
    }

    /** Returns whether the user's number is written as {@code user_id} too. */
    public boolean writesUserNumber() {
        return dialect == Dialect.PTERODACTYL;
    }

    /** Returns whether {@code server_uuid} is written. */
    public boolean writesServer(TokenPurpose purpose) {
        return purpose != TokenPurpose.TRANSFER
                && (dialect != Dialect.CALAGOPUS || purpose != TokenPurpose.BACKUP_DOWNLOAD);
    }

    /** Returns whether a token without user is refused: what cannot be taken back by user is no token to Pelican's nodes. */
    public boolean requiresUser(TokenPurpose purpose) {
        return purpose == TokenPurpose.CONSOLE
                || (purpose != TokenPurpose.TRANSFER && (dialect == Dialect.PELICAN || dialect == Dialect.NEXUS));
    }

    /** Returns whether a {@code jti} that is a UUID names the user. */
    public boolean idNamesUser() {
        return dialect == Dialect.CALAGOPUS;
    }

    /** Returns whether a token may name several files, or patterns of files that it does not include. */
    public boolean manyFiles() {
        return dialect == Dialect.CALAGOPUS;
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
