package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permissions;
import java.util.UUID;

/**
 * What someone who logged in over SFTP may do. Source: panel remote API §3.10.
 *
 * @param user who it is
 * @param server on which server
 * @param permissions what is allowed there
 */
public record SftpAuthority(
        @JsonProperty("user") UUID user,
        @JsonProperty("server") ServerId server,
        @JsonProperty("permissions") Permissions permissions) {

    /** Checks its arguments. */
    public SftpAuthority {
        requireNonNull(user, "user");
        requireNonNull(server, "server");
        permissions = permissions == null ? Permissions.none() : permissions;
    }
}
