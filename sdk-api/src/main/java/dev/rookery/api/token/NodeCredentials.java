package dev.rookery.api.token;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What panel and node know each other by: a public id and a secret. Panel to node sends the secret only, node to panel both, joined
 * by a dot. Source: node API §1.1, panel remote API §1.2.
 *
 * @param tokenId the public part, 16 characters when we make it
 * @param token the secret, 64 characters when we make it
 */
public record NodeCredentials(String tokenId, String token) {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 16;
    private static final int TOKEN_LENGTH = 64;

    /** Checks that neither part is empty or holds a dot or blank. */
    public NodeCredentials {
        requirePlain(tokenId, "token_id");
        requirePlain(token, "token");
    }

    /** Returns new random credentials. */
    public static NodeCredentials random(SecureRandom random) {
        return new NodeCredentials(randomText(random, ID_LENGTH), randomText(random, TOKEN_LENGTH));
    }

    /** Returns {@code length} random letters and digits. */
    public static String randomText(SecureRandom random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Reads {@code id.secret}; empty if the text is not of that form. */
    public static Optional<NodeCredentials> parse(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1 || text.indexOf('.', dot + 1) >= 0 || text.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        return Optional.of(new NodeCredentials(text.substring(0, dot), text.substring(dot + 1)));
    }

    /** Returns the {@code Authorization} header of panel to node. */
    public String panelToNode() {
        return "Bearer " + token;
    }

    /** Returns the {@code Authorization} header of node to panel. */
    public String nodeToPanel() {
        return "Bearer " + tokenId + "." + token;
    }

    /** Returns whether {@code presented} is the secret, in constant time. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(
                presented.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Shows the public part only. */
    @Override
    public String toString() {
        return "NodeCredentials[tokenId=" + tokenId + "]";
    }

    private static void requirePlain(String value, String name) {
        requireNonNull(value, name);
        if (value.isEmpty() || value.chars().anyMatch(c -> c == '.' || c <= ' ')) {
            throw new InvalidInputException(name + " (expected: not empty, without dots or blanks)");
        }
    }
}
