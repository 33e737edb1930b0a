package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A portal of the engine's security plugin.
 *
 * @param policy which of its policies decides
 */
public record PortalAuth(@JsonProperty("policy") String policy) implements Auth {

    /** Checks its arguments. */
    public PortalAuth {
        requireNonNull(policy, "policy");
    }
}
