package dev.rookery.wings.calagopus;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/**
 * What a user may do from now on. Source: node API §2.10.2.
 *
 * @param user who
 * @param permissions what, in Calagopus' spelling
 * @param ignoredFiles patterns of files that the user may not touch
 */
public record UserPermissions(
        @JsonProperty("user") UUID user,
        @JsonProperty("permissions") List<String> permissions,
        @JsonProperty("ignored_files") List<String> ignoredFiles) {

    /** Checks its arguments. */
    public UserPermissions {
        requireNonNull(user, "user");
        permissions = List.copyOf(permissions);
        ignoredFiles = List.copyOf(ignoredFiles);
    }
}
