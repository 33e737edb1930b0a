package dev.rookery.api.command;

import dev.rookery.api.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The text form: {@code rkc1.<bytes>.<signature>}, both in Base64 for URLs, without padding. */
final class CommandText {

    private static final String PREFIX = "rkc1.";
    private static final int SIGNATURE_BYTES = 64;

    /** The longest: everything at its bound, in Base64. */
    private static final int MAX_CHARS = 90_000;

    private final byte[] bytes;
    private final byte[] signature;

    CommandText(byte[] bytes, byte[] signature) {
        this.bytes = bytes;
        this.signature = signature;
    }

    static CommandText parse(String text) {
        int dot = text.lastIndexOf('.');
        if (text.length() > MAX_CHARS || !text.startsWith(PREFIX) || dot < PREFIX.length()) {
            throw new InvalidInputException(
                    "command: " + text.length() + " characters (expected: rkc1.<bytes>.<signature>)");
        }
        var parsed = new CommandText(
                decode(text.substring(PREFIX.length(), dot), "bytes"), decode(text.substring(dot + 1), "signature"));
        if (parsed.signature.length != SIGNATURE_BYTES) {
            throw new InvalidInputException(
                    "signature: " + parsed.signature.length + " bytes (expected: " + SIGNATURE_BYTES + ")");
        }
        return parsed;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] signature() {
        return signature;
    }

    String text() {
        return PREFIX + encode(bytes) + "." + encode(signature);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** One text only for the same bytes: padding and stray bits in the last character are refused. */
    private static byte[] decode(String text, String what) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException ignored) {
            // Told below.
        }
        throw new InvalidInputException(what + " (expected: Base64 for URLs, without padding)");
    }
}
