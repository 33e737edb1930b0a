package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A public key of SSH, without the comment behind it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 the key itself, which repeats the type
 */
public record SftpKey(String type, String base64) {

    private static final int LONGEST = 16 * 1024;
    private static final String EXPECTED =
            " (expected: a line of an authorized_keys file without options, such as 'ssh-ed25519 AAAA...')";

    /** Checks that the key is one of that type. */
    public SftpKey {
        requireNonNull(type, "type");
        if (base64.length() > LONGEST) {
            throw new InvalidInputException(
                    "public key: " + base64.length() + " characters (expected: at most " + LONGEST + ")");
        }
        if (!type.equals(typeInside(decoded(base64)))) {
            throw new InvalidInputException("public key: not of the type that it names" + EXPECTED);
        }
    }

    /**
     * Reads a line of an {@code authorized_keys} file; options before the key are refused.
     *
     * @throws InvalidInputException if it is none
     */
    public static SftpKey parse(String line) {
        var words = line.strip().split("\\s+", 3);
        if (words.length < 2) {
            throw new InvalidInputException("public key: no key" + EXPECTED);
        }
        return new SftpKey(words[0], words[1]);
    }

    /** Returns the SHA-256 of the key as {@code ssh-keygen -l} prints it: {@code SHA256:} and 43 characters. */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(decoded(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("public key: not in base64" + EXPECTED, e);
        }
    }

    /** A key begins with the length and the letters of its type. Source: RFC 4253 §6.6. */
    private static String typeInside(byte[] key) {
        if (key.length < Integer.BYTES) {
            return "";
        }
        int length = ByteBuffer.wrap(key).getInt();
        return length < 0 || length > key.length - Integer.BYTES
                ? ""
                : new String(key, Integer.BYTES, length, StandardCharsets.US_ASCII);
    }
}
