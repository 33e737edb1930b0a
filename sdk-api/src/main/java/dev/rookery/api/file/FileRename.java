package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A file to move. Both names are relative to the directory of the call. Source: node API §2.5.
 *
 * @param from what it is called now
 * @param to what it shall be called; missing parents are created
 */
public record FileRename(
        @JsonProperty("from") String from,
        @JsonProperty("to") String to) {

    /** Checks its arguments. */
    public FileRename {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
    }
}
