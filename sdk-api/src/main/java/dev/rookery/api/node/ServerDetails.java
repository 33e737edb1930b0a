package dev.rookery.api.node;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.panel.ServerSettings;

/**
 * A server as its node sees it. Source: node API §2.3.
 *
 * @param state the power state
 * @param suspended whether the panel has suspended it
 * @param utilization what it uses now
 * @param configuration the settings last pulled from the panel; of a server whose settings cannot be read, only the uuid
 * @param condition what a node of ours says besides; on the wire only if there is anything
 */
public record ServerDetails(
        @JsonProperty("state") ServerState state,
        @JsonProperty("is_suspended") boolean suspended,
        @JsonProperty("utilization") ResourceUsage utilization,
        @JsonProperty("configuration") ServerSettings configuration,

        @JsonProperty("condition") @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NothingToSay.class)
        ServerCondition condition) {

    /** Fills in what a node left out; the configuration has to be there. */
    public ServerDetails {
        requireNonNull(configuration, "configuration");
        utilization = utilization == null ? ResourceUsage.NONE : utilization;
        state = state == null ? utilization.state() : state;
        condition = condition == null ? ServerCondition.NONE : condition;
    }

    /** Creates the details of a server that there is nothing else to say of. */
    public ServerDetails(
            ServerState state, boolean suspended, ResourceUsage utilization, ServerSettings configuration) {
        this(state, suspended, utilization, configuration, ServerCondition.NONE);
    }

    /** Equals what is left out on the wire. */
    static final class NothingToSay {

        @Override
        public boolean equals(Object other) {
            return other == null || other.equals(ServerCondition.NONE);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
