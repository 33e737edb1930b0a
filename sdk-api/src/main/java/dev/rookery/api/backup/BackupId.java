package dev.rookery.api.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rookery.api.InvalidInputException;
import java.util.UUID;

/**
 * Identifies a backup on panel and node alike.
 *
 * @param value the UUID
 */
public record BackupId(UUID value) {

    /** Checks its argument. */
    public BackupId {
        requireNonNull(value, "value");
    }

    /** Returns a new random id. */
    public static BackupId random() {
        return new BackupId(UUID.randomUUID());
    }

    /**
     * Reads the 36-character form.
     *
     * @throws InvalidInputException if it is anything else
     */
    @JsonCreator
    public static BackupId parse(String text) {
        try {
            var uuid = UUID.fromString(requireNonNull(text, "text"));
            if (uuid.toString().equalsIgnoreCase(text)) {
                return new BackupId(uuid);
            }
        } catch (IllegalArgumentException ignored) {
            // Told below, like a short form that would be padded.
        }
        throw new InvalidInputException(
                "backup uuid: '" + text + "' (expected: 36 characters like 0e51a3c2-3f7b-4f0b-9a53-0d6f7f1a2b3c)");
    }

    /** Returns the canonical lower-case form. */
    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
