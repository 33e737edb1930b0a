package dev.rookery.api.command;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public half of a key that signs commands.
 *
 * @param id what commands call it
 * @param key an Ed25519 key
 * @param retiresAt from when on it is no longer accepted; empty while it is in use
 */
public record CommandKey(String id, PublicKey key, Optional<Instant> retiresAt) {

    /** What stands before the 32 bytes in the X.509 form of an Ed25519 key. Source: RFC 8410 §4. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;

    /** Checks that it is an Ed25519 key. */
    public CommandKey {
        SignedCommand.requireName(id, "key id");
        requireNonNull(retiresAt, "retiresAt");
        byte[] encoded = requireNonNull(key, "key").getEncoded();
        if (encoded == null
                || encoded.length != X509_PREFIX.length + KEY_BYTES
                || !Arrays.equals(encoded, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length)) {
            throw new InvalidInputException("key " + id + ": " + key.getAlgorithm() + " (expected: Ed25519)");
        }
    }

    /**
     * Reads the text form.
     *
     * @param id what commands call it
     * @param text the 32 bytes of RFC 8032 in Base64 for URLs, without padding: 43 characters
     * @throws InvalidInputException if it is none
     */
    public static CommandKey parse(String id, String text) {
        try {
            byte[] raw = Base64.getUrlDecoder().decode(text);
            if (raw.length == KEY_BYTES) {
                byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
                System.arraycopy(raw, 0, encoded, X509_PREFIX.length, KEY_BYTES);
                var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
                return new CommandKey(id, key, Optional.empty());
            }
        } catch (IllegalArgumentException | GeneralSecurityException ignored) {
            // Told below, without the text.
        }
        throw new InvalidInputException(
                "key " + id + ": " + text.length() + " characters (expected: 43, an Ed25519 public key in Base64)");
    }

    /** Returns the text form. */
    public String text() {
        byte[] encoded = key.getEncoded();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length));
    }

    /** Returns this key, no longer accepted from {@code at} on. */
    public CommandKey retired(Instant at) {
        return new CommandKey(id, key, Optional.of(at));
    }
}
