package dev.rookery.panel.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NodeId;
import dev.rookery.api.node.Node;
import dev.rookery.kit.Correlation;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reaches nodes by their id, with the present correlation id on every call. Thread-safe. */
public final class Nodes {

    private final PanelStore store;
    private final NodeDirectory directory;

    /** Creates the way from ids to nodes. */
    public Nodes(PanelStore store, NodeDirectory directory) {
        this.store = store;
        this.directory = directory;
    }

    /** Returns a node, every call of which is bounded. */
    public Node bounded(NodeId id, Duration deadline) {
        return directory.node(require(id)).with(options(deadline));
    }

    /** Returns a node whose record is known already, every call of which is bounded. */
    public Node bounded(NodeRecord node, Duration deadline) {
        return directory.node(node).with(options(deadline));
    }

    /** Returns a node for streams, which take as long as they take. */
    public Node unbounded(NodeId id) {
        var options = new CallOptions(Optional.empty(), Optional.empty(), Correlation.current());
        return directory.node(require(id)).with(options);
    }

    /** Returns a node for calls with options, which go with the present correlation id unless they have one. */
    public Node with(NodeId id, CallOptions options) {
        var correlation = options.correlationId().or(Correlation::current);
        return directory.node(require(id)).with(new CallOptions(options.deadline(), options.cancel(), correlation));
    }

    /** Returns what the panel knows of a node, or says that there is none. */
    public NodeRecord require(NodeId id) {
        return store.nodes()
                .find(id)
                .orElseThrow(() -> new PanelException(
                        Problem.NODE_NOT_FOUND, "there is no node " + id, Map.of("nodeId", id.toString())));
    }

    private static CallOptions options(Duration deadline) {
        return new CallOptions(Optional.of(deadline), Optional.empty(), Correlation.current());
    }
}
