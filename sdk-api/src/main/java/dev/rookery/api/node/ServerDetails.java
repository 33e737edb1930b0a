package dev.rookery.api.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.panel.ServerSettings;

/**
 * A server as its node sees it. Source: node API §2.3.
 *
 * @param state the power state
 * @param suspended whether the panel has suspended it
 * @param utilization what it uses now
 * @param configuration the settings last pulled from the panel
 */
public record ServerDetails(
        @JsonProperty("state") ServerState state,
        @JsonProperty("is_suspended") boolean suspended,
        @JsonProperty("utilization") ResourceUsage utilization,
        @JsonProperty("configuration") ServerSettings configuration) {

    /** Fills in what a node left out; the configuration has to be there. */
    public ServerDetails {
        requireNonNull(configuration, "configuration");
        utilization = utilization == null ? ResourceUsage.NONE : utilization;
        state = state == null ? utilization.state() : state;
    }
}
