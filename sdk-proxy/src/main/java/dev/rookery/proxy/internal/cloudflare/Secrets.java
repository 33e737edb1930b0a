package dev.rookery.proxy.internal.cloudflare;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Reads secrets where a document says they are. */
public final class Secrets {

    private static final int PRINT_BYTES = 8;

    private Secrets() {}

    /** Reads a variable or a file; a vault is whoever embeds this. */
    public static String read(SecretRef secret) {
        return switch (secret.kind()) {
            case ENV ->
                Optional.ofNullable(System.getenv(secret.name()))
                        .filter(value -> !value.isBlank())
                        .orElseThrow(() -> missing(secret, null));
            case FILE -> file(secret);
            case VAULT -> throw missing(secret, null);
        };
    }

    /** Returns a text by which one secret is told from another. */
    public static String print(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, PRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    private static String file(SecretRef secret) {
        try {
            var value = Files.readString(Path.of(secret.name())).strip();
            if (value.isEmpty()) {
                throw missing(secret, null);
            }
            return value;
        } catch (IOException e) {
            throw missing(secret, e);
        }
    }

    private static InvalidInputException missing(SecretRef secret, @org.jspecify.annotations.Nullable Exception cause) {
        return new InvalidInputException(
                "there is no secret at " + secret + " (expected: a token of Cloudflare)", cause);
    }
}
