package dev.rookery.panel;

import dev.rookery.api.node.Node;
import dev.rookery.panel.spi.NodeRecord;

/** Finds the way to a node: the HTTP client for one that is elsewhere, the daemon itself for one in this process. Thread-safe. */
@FunctionalInterface
public interface NodeDirectory {

    /**
     * Returns the node, asked by the panel itself. Called for every use and must not ask the node anything: an implementation keeps its
     * clients, by {@link NodeRecord#url()} and {@link NodeRecord#credentials()}.
     */
    Node node(NodeRecord node);
}
