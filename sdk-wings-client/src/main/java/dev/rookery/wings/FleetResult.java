package dev.rookery.wings;

import dev.rookery.api.NodeId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a question to many nodes: something for each of them.
 *
 * @param outcomes in the order in which the nodes were named
 * @param <T> what was asked for
 */
public record FleetResult<T>(Map<NodeId, FleetOutcome<T>> outcomes) {

    /** Copies the map. */
    public FleetResult {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /** Returns whether every node answered. */
    public boolean complete() {
        return outcomes.values().stream().allMatch(FleetOutcome.Answered.class::isInstance);
    }

    /** Returns the answers. */
    public Map<NodeId, T> answers() {
        var answers = new LinkedHashMap<NodeId, T>();
        outcomes.forEach((node, outcome) -> {
            if (outcome instanceof FleetOutcome.Answered<T> answered) {
                answers.put(node, answered.value());
            }
        });
        return Collections.unmodifiableMap(answers);
    }

    /** Returns why nodes that were asked gave no answer. */
    public Map<NodeId, RuntimeException> failures() {
        var failures = new LinkedHashMap<NodeId, RuntimeException>();
        outcomes.forEach((node, outcome) -> {
            if (outcome instanceof FleetOutcome.Failed<T> failed) {
                failures.put(node, failed.failure());
            }
        });
        return Collections.unmodifiableMap(failures);
    }

    /** Returns why nodes were not asked. */
    public Map<NodeId, FleetOutcome.Reason> notAsked() {
        var reasons = new LinkedHashMap<NodeId, FleetOutcome.Reason>();
        outcomes.forEach((node, outcome) -> {
            if (outcome instanceof FleetOutcome.NotAsked<T> left) {
                reasons.put(node, left.reason());
            }
        });
        return Collections.unmodifiableMap(reasons);
    }
}
