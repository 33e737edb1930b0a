package dev.rookery.wings.calagopus;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A backup that a schedule wants. Source: panel remote API §4.
 *
 * @param name 1 to 255 characters; empty means that the panel chooses
 * @param group which group it belongs to; empty for none
 * @param ignoredFiles gitignore patterns of what to leave out
 */
public record NewBackup(
        @JsonProperty("name") Optional<String> name,
        @JsonProperty("backup_group_uuid") Optional<UUID> group,
        @JsonProperty("ignored_files") List<String> ignoredFiles) {

    /** Checks its arguments. */
    public NewBackup {
        name.filter(text -> text.isEmpty() || text.length() > 255).ifPresent(text -> {
            throw new InvalidInputException(
                    "name: " + text.length() + " characters (expected: 1 to 255, or no name at all)");
        });
        ignoredFiles = List.copyOf(ignoredFiles);
    }

    /** Returns a backup of everything, named by the panel. */
    public static NewBackup ofEverything() {
        return new NewBackup(Optional.empty(), Optional.empty(), List.of());
    }
}
