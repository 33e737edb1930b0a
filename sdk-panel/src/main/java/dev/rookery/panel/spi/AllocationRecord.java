package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.Allocation;
import java.util.Optional;

/**
 * An address of a node. It belongs to one server at most; node, ip and port together are unique.
 *
 * @param id its number, from 1
 * @param node the node that offers it
 * @param address ip and port
 * @param server the server that has it; empty if it is free
 */
public record AllocationRecord(long id, NodeId node, Allocation address, Optional<ServerId> server) {

    /** Checks its arguments. */
    public AllocationRecord {
        requireNonNull(node, "node");
        requireNonNull(address, "address");
        requireNonNull(server, "server");
    }
}
