package dev.rookery.api.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.ServerId;
import java.util.List;
import java.util.UUID;

/**
 * Takes back all authority of a user. Source: node API §2.2.
 *
 * @param user whose
 * @param servers on which servers; none means on all of the node, where a Go daemon ends sessions but denies no token
 */
public record Deauthorization(
        @JsonProperty("user") UUID user,
        @JsonProperty("servers") List<ServerId> servers) {

    /** Checks its arguments. */
    public Deauthorization {
        requireNonNull(user, "user");
        servers = servers == null ? List.of() : List.copyOf(servers);
    }
}
