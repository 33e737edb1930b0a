package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import java.util.List;
import java.util.UUID;

/**
 * What someone who logged in over SFTP may do. Source: panel remote API §3.10.
 *
 * @param user who it is
 * @param server on which server
 * @param permissions what is allowed there
 * @param ignoredFiles gitignore patterns of what is hidden from this user; only Calagopus' panel sends any
 */
public record SftpAuthority(
        @JsonProperty("user") UUID user,
        @JsonProperty("server") ServerId server,
        @JsonProperty("permissions") Permissions permissions,

        @JsonProperty("ignored_files") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> ignoredFiles) {

    /** Checks its arguments. */
    public SftpAuthority {
        requireNonNull(user, "user");
        requireNonNull(server, "server");
        permissions = permissions == null ? Permissions.none() : permissions;
        ignoredFiles = ignoredFiles == null ? List.of() : List.copyOf(ignoredFiles);
    }

    /** Creates an authority over every file. */
    public SftpAuthority(UUID user, ServerId server, Permissions permissions) {
        this(user, server, permissions, List.of());
    }
}
