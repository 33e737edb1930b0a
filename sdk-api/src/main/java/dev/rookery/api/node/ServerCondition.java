package dev.rookery.api.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.Incubating;
import java.util.Optional;

/**
 * What a node of ours says of a server beyond its power state: what it is busy with, and what somebody should look at. Others say nothing.
 *
 * @param activity what the node is doing with the server besides running it, in lower case: {@code booting}, {@code installing},
 *     {@code deleting}, {@code transferring} or {@code awaiting-engine}; an open set
 * @param problem what is wrong with the server and how it is repaired, for people
 */
@Incubating
public record ServerCondition(
        @JsonProperty("activity") Optional<String> activity,
        @JsonProperty("problem") Optional<String> problem) {

    /** Nothing to say. */
    public static final ServerCondition NONE = new ServerCondition(Optional.empty(), Optional.empty());

    /** Fills in what a node left out. */
    public ServerCondition {
        activity = activity == null ? Optional.empty() : activity;
        problem = problem == null ? Optional.empty() : problem;
    }
}
