package dev.rookery.api.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A file to get other permissions. Source: node API §2.5.
 *
 * @param file relative to the directory of the call
 * @param mode the new permissions
 */
public record FileModeChange(
        @JsonProperty("file") String file,
        @JsonProperty("mode") FileMode mode) {

    /** Checks its arguments. */
    public FileModeChange {
        requireNonNull(file, "file");
        requireNonNull(mode, "mode");
    }
}
