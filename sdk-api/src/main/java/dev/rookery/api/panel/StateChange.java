package dev.rookery.api.panel;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.node.ServerState;

/**
 * A change of the power state. Source: panel remote API §3.6.
 *
 * @param previousState before
 * @param newState now
 */
public record StateChange(
        @JsonProperty("previous_state") ServerState previousState,
        @JsonProperty("new_state") ServerState newState) {}
