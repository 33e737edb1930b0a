package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A server to be added.
 *
 * @param id its uuid
 * @param node where it shall run
 * @param owner the user it belongs to
 * @param spec what was asked for
 * @param allocationIds its allocations, the primary one first; may be empty
 * @param createdAt the present time
 */
public record NewServer(
        ServerId id, NodeId node, UUID owner, ServerSpec spec, List<Long> allocationIds, Instant createdAt) {

    /** Checks its arguments. */
    public NewServer {
        requireNonNull(id, "id");
        requireNonNull(node, "node");
        requireNonNull(owner, "owner");
        requireNonNull(spec, "spec");
        requireNonNull(createdAt, "createdAt");
        allocationIds = List.copyOf(allocationIds);
    }
}
