package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.EggReaderOptions;
import dev.rookery.panel.internal.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

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

    /**
     * Returns an egg to be added from its file, of which no more is read than an egg may have.
     *
     * @param file as people upload it; not closed
     * @param createdAt the present time
     * @throws dev.rookery.api.egg.EggException if it cannot be read as an egg
     * @throws IOException if the stream fails
     */
    public static NewEgg read(InputStream file, Instant createdAt) throws IOException {
        return of(file.readNBytes(EggReaderOptions.defaults().maxBytes() + 1), createdAt);
    }

    /**
     * Returns an egg to be added from its file. One without a uuid is given a random one.
     *
     * @param file as people upload it
     * @param createdAt the present time
     * @throws dev.rookery.api.egg.EggException if it cannot be read
     */
    public static NewEgg of(byte[] file, Instant createdAt) {
        var egg = EggReader.read(file).egg();
        return new NewEgg(
                egg.uuid().orElseGet(() -> UUID.randomUUID().toString()),
                Texts.storable(egg.name()),
                Texts.storable(egg.author()),
                Texts.storable(egg.description()),
                egg.format().version(),
                new String(file, StandardCharsets.UTF_8),
                createdAt);
    }
}
