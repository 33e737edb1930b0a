package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An imported egg. The document is what counts; the other texts are copies of its members for lists.
 *
 * @param id its number
 * @param uuid its uuid
 * @param name its name
 * @param author who wrote it
 * @param description what it runs
 * @param format such as {@code PTDL_v2}
 * @param document the egg as it was imported
 * @param createdAt when it was imported
 */
public record EggRecord(
        long id,
        String uuid,
        String name,
        String author,
        String description,
        String format,
        String document,
        Instant createdAt) {

    /** Checks its arguments. */
    public EggRecord {
        requireNonNull(uuid, "uuid");
        requireNonNull(name, "name");
        requireNonNull(author, "author");
        requireNonNull(description, "description");
        requireNonNull(format, "format");
        requireNonNull(document, "document");
        requireNonNull(createdAt, "createdAt");
    }
}
