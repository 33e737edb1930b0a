package dev.rookery.wings.calagopus;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A log file of the daemon. Source: node API §2.10.2.
 *
 * @param name its name
 * @param sizeBytes its size
 * @param lastModified when something was written last
 */
public record LogFile(
        @JsonProperty("name") String name,
        @JsonProperty("size") long sizeBytes,
        @JsonProperty("last_modified") Instant lastModified) {

    /** Fills in what a node left out; the name has to be there. */
    public LogFile {
        requireNonNull(name, "name");
        lastModified = lastModified == null ? Instant.EPOCH : lastModified;
    }
}
