package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.file.FileEntry;
import java.util.List;

/**
 * A page of a directory. Source: node API §2.10.2.
 *
 * @param total how many entries the directory has
 * @param entries those of the page
 */
public record FilePage(
        @JsonProperty("total") long total,
        @JsonProperty("entries") List<FileEntry> entries) {

    /** Copies the list. */
    public FilePage {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }
}
