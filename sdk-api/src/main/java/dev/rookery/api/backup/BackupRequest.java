package dev.rookery.api.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup to be made. Source: node API §2.6.
 *
 * @param id the panel's id for it
 * @param adapter where to keep it
 * @param ignoredFiles gitignore patterns of what to leave out; none means those of the ignore file in the server's root
 */
public record BackupRequest(
        @JsonProperty("uuid") BackupId id,
        @JsonProperty("adapter") BackupAdapter adapter,
        @JsonIgnore List<String> ignoredFiles) {

    /** Checks its arguments. */
    public BackupRequest {
        requireNonNull(id, "id");
        requireNonNull(adapter, "adapter");
        ignoredFiles = List.copyOf(ignoredFiles);
    }

    /**
     * Reads the wire form.
     *
     * @param ignore the patterns, one a line; empty lines are none
     */
    @JsonCreator
    static BackupRequest of(
            @JsonProperty("uuid") BackupId id,
            @JsonProperty("adapter") BackupAdapter adapter,
            @JsonProperty("ignore") @Nullable String ignore) {
        var patterns = ignore == null
                ? List.<String>of()
                : ignore.lines().filter(line -> !line.isBlank()).toList();
        return new BackupRequest(id, adapter, patterns);
    }

    /** Returns the patterns as the wire has them: one a line. */
    @JsonProperty("ignore")
    public String ignore() {
        return String.join("\n", ignoredFiles);
    }
}
