package dev.rookery.panel.internal;

import dev.rookery.api.NodeId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How many places the work for each node takes, so that one that hangs leaves some for the others, and since when work has been waiting
 * for a place. Thread-safe.
 */
final class NodePlaces {

    /** One is enough to find out that a node answers again. */
    private static final int WHILE_SILENT = 1;

    private final int perNode;
    private final Predicate<NodeId> silent;
    private final Map<NodeId, Integer> taken = new HashMap<>();
    private final Map<NodeId, Instant> passedOver = new HashMap<>();
    private Instant upToDate;

    NodePlaces(int perNode, Predicate<NodeId> silent, Instant now) {
        this.perNode = perNode;
        this.silent = silent;
        this.upToDate = now;
    }

    /** Returns the nodes that get no further place now. */
    Set<NodeId> full() {
        Map<NodeId, Integer> present;
        synchronized (this) {
            present = Map.copyOf(taken);
        }
        var full = new HashSet<NodeId>();
        present.forEach((node, count) -> {
            if (count >= (silent.test(node) ? WHILE_SILENT : perNode)) {
                full.add(node);
            }
        });
        return full;
    }

    synchronized void take(NodeId node) {
        taken.merge(node, 1, Integer::sum);
    }

    synchronized void give(NodeId node) {
        taken.computeIfPresent(node, (id, count) -> count == 1 ? null : count - 1);
    }

    /** Notes that everything due is claimed, except for what is due on nodes that got no place. */
    synchronized void upToDate(Instant now, Set<NodeId> full) {
        full.forEach(node -> passedOver.putIfAbsent(node, upToDate));
        passedOver.keySet().retainAll(full);
        upToDate = now;
    }

    /** Returns the last time at which nothing waited for a place, on this node if there is one. */
    synchronized Instant upToDate(Optional<NodeId> node) {
        return node.map(passedOver::get).orElse(upToDate);
    }
}
