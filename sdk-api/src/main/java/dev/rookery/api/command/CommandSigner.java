package dev.rookery.api.command;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Signs the commands of a panel. Thread-safe.
 *
 * <pre>{@code
 * var pair = CommandSigner.newKeyPair();
 * var signer = CommandSigner.of("panel-2026", pair.getPrivate(), Clock.systemUTC());
 * String text = signer.sign("server.power", node, payload, Duration.ofMinutes(1));
 * }</pre>
 */
public final class CommandSigner {

    /** What stands before the 32 bytes in the PKCS #8 form of an Ed25519 key. Source: RFC 8410 §7. */
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final int SEED_BYTES = 32;
    private static final int NONCE_BYTES = 16;

    private final String keyId;
    private final PrivateKey key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private CommandSigner(String keyId, PrivateKey key, Clock clock) {
        this.keyId = SignedCommand.requireName(keyId, "key id");
        this.key = requireNonNull(key, "key");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Returns a signer.
     *
     * @param keyId what the nodes call the key
     * @param key an Ed25519 key
     * @param clock tells the time
     * @throws InvalidInputException if the key is none
     */
    public static CommandSigner of(String keyId, PrivateKey key, Clock clock) {
        var signer = new CommandSigner(keyId, key, clock);
        signer.signature(new byte[0]);
        return signer;
    }

    /** Returns a new key pair. */
    public static KeyPair newKeyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * Reads the text form of a private key.
     *
     * @param text the 32 secret bytes of RFC 8032 in Base64 for URLs, without padding: 43 characters
     * @throws InvalidInputException if it is none; the message does not show it
     */
    public static PrivateKey parsePrivateKey(String text) {
        try {
            byte[] seed = Base64.getUrlDecoder().decode(text);
            if (seed.length == SEED_BYTES) {
                byte[] encoded = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + SEED_BYTES);
                System.arraycopy(seed, 0, encoded, PKCS8_PREFIX.length, SEED_BYTES);
                return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            }
        } catch (IllegalArgumentException | GeneralSecurityException ignored) {
            // Told below, without the text.
        }
        throw new InvalidInputException(
                "private key: " + text.length() + " characters (expected: 43, an Ed25519 private key in Base64)");
    }

    /**
     * Makes and signs a command.
     *
     * @param name what to do
     * @param audience the only node that shall do it
     * @param payload what the command needs to know
     * @param lifetime how long the node may take it, rounded up to whole seconds
     * @return the text form, for one use
     */
    public String sign(String name, NodeId audience, Json payload, Duration lifetime) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        long seconds = lifetime.plusSeconds(1).minusNanos(1).toSeconds();
        return sign(new SignedCommand(
                keyId,
                name,
                audience,
                now,
                now.plusSeconds(seconds),
                HexFormat.of().formatHex(nonce),
                payload));
    }

    /**
     * Signs a command as it is. The same command always gives the same text.
     *
     * @throws InvalidInputException if it names another key
     */
    public String sign(SignedCommand command) {
        if (!command.keyId().equals(keyId)) {
            throw new InvalidInputException("key id: " + command.keyId() + " (expected: " + keyId + ")");
        }
        byte[] bytes = command.canonicalBytes();
        return new CommandText(bytes, signature(bytes)).text();
    }

    byte[] signature(byte[] bytes) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException("key " + keyId + ": " + key.getAlgorithm() + " (expected: Ed25519)", e);
        }
    }
}
