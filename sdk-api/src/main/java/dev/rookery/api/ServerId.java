package dev.rookery.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;

/**
 * Identifies a server on panel and node alike: its UUID.
 *
 * @param value the UUID; version 4 for servers that a Go daemon shall accept
 */
public record ServerId(UUID value) implements Comparable<ServerId> {

    private static final int SHORT_LENGTH = 8;

    /** Checks its argument. */
    public ServerId {
        requireNonNull(value, "value");
    }

    /** Returns a new random (version 4) id. */
    public static ServerId random() {
        return new ServerId(UUID.randomUUID());
    }

    /**
     * Reads the canonical 36-character form.
     *
     * @throws InvalidInputException if {@code text} is anything else
     */
    @JsonCreator
    public static ServerId parse(String text) {
        requireNonNull(text, "text");
        UUID uuid;
        try {
            uuid = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
        // UUID.fromString pads short groups; only the canonical spelling names a server.
        if (!uuid.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw malformed(text, null);
        }
        return new ServerId(uuid);
    }

    /** Returns the first eight hexadecimal digits, as SFTP user names carry them. */
    public String shortId() {
        return value.toString().substring(0, SHORT_LENGTH);
    }

    @Override
    public int compareTo(ServerId other) {
        return value.toString().compareTo(other.value.toString());
    }

    /** Returns the canonical lower-case form. */
    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }

    private static InvalidInputException malformed(String text, @org.jspecify.annotations.Nullable Throwable cause) {
        return new InvalidInputException(
                "server uuid: '" + text + "' (expected: 36 characters like 5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c)",
                cause);
    }
}
