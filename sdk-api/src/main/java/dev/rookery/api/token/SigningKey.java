package dev.rookery.api.token;

import dev.rookery.api.InvalidInputException;
import java.nio.charset.StandardCharsets;

/** The key of a node's tokens: the bytes of its secret as they are. Source: node API §3.1. */
final class SigningKey {

    private static final int MIN_BYTES = 32;

    private SigningKey() {}

    static boolean longEnough(NodeCredentials credentials) {
        return credentials.token().getBytes(StandardCharsets.UTF_8).length >= MIN_BYTES;
    }

    static byte[] of(NodeCredentials credentials) {
        byte[] key = credentials.token().getBytes(StandardCharsets.UTF_8);
        if (key.length < MIN_BYTES) {
            throw new InvalidInputException(
                    "node token: " + key.length + " bytes (expected: at least " + MIN_BYTES + ", to sign with HS256)");
        }
        return key;
    }
}
