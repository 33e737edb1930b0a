package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An egg to be added.
 *
 * @param uuid its uuid
 * @param name its name
 * @param author who wrote it
 * @param description what it runs
 * @param format such as {@code PTDL_v2}
 * @param document the egg as it was imported
 * @param createdAt the present time
 */
public record NewEgg(
        String uuid,
        String name,
        String author,
        String description,
        String format,
        String document,
        Instant createdAt) {

    /** Checks its arguments. */
    public NewEgg {
        requireNonNull(uuid, "uuid");
        requireNonNull(name, "name");
        requireNonNull(author, "author");
        requireNonNull(description, "description");
        requireNonNull(format, "format");
        requireNonNull(document, "document");
        requireNonNull(createdAt, "createdAt");
    }
}
