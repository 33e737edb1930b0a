package dev.rookery.wings;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;

/** What the stream of a {@link Fleet} tells. */
public sealed interface FleetEvent {

    /** Returns the node it is about. */
    NodeId node();

    /**
     * A server is there, or its state or usage has changed.
     *
     * @param node where it is
     * @param server which one
     * @param state its power state
     * @param suspended whether the panel has suspended it
     * @param usage what it uses
     */
    record ServerSeen(NodeId node, ServerId server, ServerState state, boolean suspended, ResourceUsage usage)
            implements FleetEvent {}

    /**
     * A server is no longer on its node.
     *
     * @param node where it was
     * @param server which one
     */
    record ServerGone(NodeId node, ServerId server) implements FleetEvent {}

    /**
     * A node is asked again, or no longer: its circuit has changed. What was told of its servers holds until something else is.
     *
     * @param health how it is doing
     */
    record NodeChanged(NodeHealth health) implements FleetEvent {

        @Override
        public NodeId node() {
            return health.node();
        }
    }

    /**
     * A node was taken out of the fleet, with all its servers.
     *
     * @param node which one
     */
    record NodeGone(NodeId node) implements FleetEvent {}
}
