package dev.rookery.examples.panel;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NodeId;
import dev.rookery.api.RookeryException;
import dev.rookery.api.node.Capability;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.PanelServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What nodes offer, asked at most once a minute for each, or sooner where one did not answer. Thread-safe. */
public final class NodeOffers {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(15);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final NodeStore nodes;
    private final NodeDirectory directory;
    private final Clock clock;
    private final Map<NodeId, Known> known = new ConcurrentHashMap<>();

    private record Known(Optional<Set<Capability>> capabilities, Instant until) {}

    NodeOffers(NodeStore nodes, NodeDirectory directory, Clock clock) {
        this.nodes = nodes;
        this.directory = directory;
        this.clock = clock;
    }

    /** Returns whether a server's node offers something; empty while nobody knows, since the node is away. */
    public Optional<Boolean> offers(PanelServer server, Capability capability) {
        var asks = new boolean[1];
        var found = known.compute(server.node(), (id, present) -> {
            asks[0] = present == null || clock.instant().isAfter(present.until());
            // Whoever comes while the node is asked gets what was known before.
            return asks[0]
                    ? new Known(
                            present == null ? Optional.empty() : present.capabilities(),
                            clock.instant().plus(DEADLINE))
                    : present;
        });
        if (asks[0]) {
            var asked = ask(server.node());
            found = new Known(asked, clock.instant().plus(asked.isPresent() ? KEPT : FAILURE_KEPT));
            known.put(server.node(), found);
        }
        return found.capabilities().map(offered -> offered.contains(capability));
    }

    private Optional<Set<Capability>> ask(NodeId id) {
        try {
            return nodes.find(id)
                    .map(node -> directory
                            .node(node)
                            .with(CallOptions.deadline(DEADLINE))
                            .capabilities());
        } catch (RookeryException e) {
            return Optional.empty();
        }
    }
}
