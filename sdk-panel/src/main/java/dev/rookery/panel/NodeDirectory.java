package dev.rookery.panel;

import dev.rookery.api.node.Node;
import dev.rookery.panel.internal.KeptNodes;
import dev.rookery.panel.spi.NodeRecord;
import java.util.function.Function;

/** Finds the way to a node: the HTTP client for one that is elsewhere, the daemon itself for one in this process. Thread-safe. */
@FunctionalInterface
public interface NodeDirectory {

    /**
     * Returns the node, asked by the panel itself. Called for every use and must not ask the node anything: an implementation keeps its
     * clients, by {@link NodeRecord#url()} and {@link NodeRecord#credentials()}.
     */
    Node node(NodeRecord node);

    /**
     * Returns a directory that connects to each node once, and again when its address, its credentials or its certificate have
     * changed.
     *
     * @param connect makes the way to a node; asks it nothing, and is called for one node by one thread at a time
     */
    static NodeDirectory keeping(Function<NodeRecord, Node> connect) {
        return new KeptNodes(connect);
    }
}
