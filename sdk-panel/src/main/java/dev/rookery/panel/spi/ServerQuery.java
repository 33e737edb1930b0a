package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which servers to list.
 *
 * @param node only those of a node; empty means all
 * @param owner only those of a user; empty means all
 * @param without leaves out those in these statuses
 * @param offset how many to skip, at least 0
 * @param limit how many at most, at least 1
 */
public record ServerQuery(
        Optional<NodeId> node, Optional<UUID> owner, Set<ServerStatus> without, long offset, int limit) {

    /** Checks the numbers. */
    public ServerQuery {
        requireNonNull(node, "node");
        requireNonNull(owner, "owner");
        without = Set.copyOf(without);
        if (offset < 0 || limit < 1) {
            throw new InvalidInputException(
                    "offset " + offset + ", limit " + limit + " (expected: offset >= 0, limit >= 1)");
        }
    }

    /** Returns the query for every server. */
    public static ServerQuery all() {
        return new ServerQuery(Optional.empty(), Optional.empty(), Set.of(), 0, Integer.MAX_VALUE);
    }

    /** Returns a copy for the servers of one node. */
    public ServerQuery node(NodeId id) {
        return new ServerQuery(Optional.of(id), owner, without, offset, limit);
    }

    /** Returns a copy for the servers of one user. */
    public ServerQuery owner(UUID user) {
        return new ServerQuery(node, Optional.of(user), without, offset, limit);
    }

    /** Returns a copy that leaves out some statuses. */
    public ServerQuery without(ServerStatus... statuses) {
        return new ServerQuery(node, owner, Set.of(statuses), offset, limit);
    }

    /** Returns a copy for one page. */
    public ServerQuery page(long offset, int limit) {
        return new ServerQuery(node, owner, without, offset, limit);
    }
}
