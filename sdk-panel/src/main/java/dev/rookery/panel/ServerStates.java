package dev.rookery.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import java.util.Optional;

/**
 * The live state of all servers and nodes: what nodes report, and what they answer when asked. Nodes are asked every
 * {@link PanelOptions#activePoll()} while somebody listens, each in its own time: one that does not answer delays no other.
 * Thread-safe.
 */
public interface ServerStates {

    /** Returns what was last heard of a server, empty if nothing was since this panel started. */
    Optional<ServerSnapshot> find(ServerId id);

    /** Returns whether a node answers. */
    NodeHealth node(NodeId id);

    /**
     * Listens until the registration is closed.
     *
     * @param listener is called by one thread at a time, off every lock; news that come faster than it listens are merged, so that it
     *     always hears the latest
     */
    Registration onChange(Listener listener);

    /** Hears changes. Must not block for long: all listeners share a thread. What it throws is logged. */
    interface Listener {

        /** Hears that something about a server has changed, its usage included. */
        void onServer(ServerSnapshot server);

        /** Hears that a server is gone. */
        default void onRemoved(ServerId server) {}

        /** Hears that a node has become reachable or stopped being so. */
        default void onNode(NodeId node, NodeHealth health) {}
    }

    /** Ends listening. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
