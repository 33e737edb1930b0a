package dev.rookery.api.command;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * What a signature says: which node shall do what, once, within a short time. As a value it proves nothing; only a
 * {@link CommandVerifier} makes one out of a text that was signed.
 *
 * @param keyId by which key it is signed: 1 to 64 letters, digits, dots, hyphens and underscores
 * @param name what to do, such as {@code server.power}: 1 to 64 of the same characters
 * @param audience the only node that shall do it
 * @param issuedAt when it was made, whole seconds
 * @param expiresAt the end of its time, whole seconds; good only before
 * @param nonce 16 random bytes as 32 hexadecimal digits in lower case; no two commands of one key have the same
 * @param payload what the command needs to know; at most 64 KiB as JSON
 */
public record SignedCommand(
        String keyId, String name, NodeId audience, Instant issuedAt, Instant expiresAt, String nonce, Json payload) {

    /** The most bytes a payload has as JSON. */
    public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32}");

    /** Checks its arguments. */
    public SignedCommand {
        requireName(keyId, "key id");
        requireName(name, "command name");
        requireNonNull(audience, "audience");
        requireWholeSeconds(issuedAt, "issuedAt");
        requireWholeSeconds(expiresAt, "expiresAt");
        if (!expiresAt.isAfter(issuedAt)) {
            throw new InvalidInputException("expiresAt: " + expiresAt + " (expected: after " + issuedAt + ")");
        }
        if (!NONCE.matcher(requireNonNull(nonce, "nonce")).matches()) {
            throw new InvalidInputException(
                    "nonce: " + nonce.length() + " characters (expected: 32 hexadecimal digits in lower case)");
        }
        int bytes = CommandBytes.payload(requireNonNull(payload, "payload")).length;
        if (bytes > MAX_PAYLOAD_BYTES) {
            throw new InvalidInputException(
                    "payload: " + bytes + " bytes (expected: at most " + MAX_PAYLOAD_BYTES + ")");
        }
    }

    /** Returns the bytes that are signed. Their layout is described in {@code docs/protocol/signed-commands.md}. */
    public byte[] canonicalBytes() {
        return CommandBytes.encode(this);
    }

    static String requireName(String name, String what) {
        if (!NAME.matcher(requireNonNull(name, what)).matches()) {
            throw new InvalidInputException(what + ": " + name.length()
                    + " characters (expected: 1 to 64 letters, digits, dots, hyphens and underscores)");
        }
        return name;
    }

    private static void requireWholeSeconds(Instant instant, String name) {
        if (!requireNonNull(instant, name).truncatedTo(ChronoUnit.SECONDS).equals(instant)
                || instant.isBefore(Instant.EPOCH)) {
            throw new InvalidInputException(name + ": " + instant + " (expected: whole seconds since 1970)");
        }
    }
}
