package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Compresses answers.
 *
 * @param encodings {@code zstd} and {@code gzip}, the best first; empty is none
 * @param minimumBytes what is shorter goes as it is
 */
public record Compression(
        @JsonProperty("encodings") List<String> encodings,
        @JsonProperty("minimumBytes") int minimumBytes) {

    /** None. */
    public static final Compression OFF = new Compression(List.of(), 0);

    /** Zstandard or gzip for what is longer than half a kilobyte. */
    public static final Compression USUAL = new Compression(List.of("zstd", "gzip"), 512);

    /** Copies its arguments. */
    public Compression {
        encodings = Values.list(encodings);
    }
}
