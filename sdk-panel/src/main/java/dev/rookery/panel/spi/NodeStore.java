package dev.rookery.panel.spi;

import dev.rookery.api.NodeId;
import dev.rookery.api.panel.Allocation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Nodes, the keys that enrol them, and the addresses they offer. Each method is one atomic change, see {@link PanelStore}. */
public interface NodeStore {

    /**
     * Adds a node under the next free id, counted from 1; ids are never given twice.
     *
     * @throws PanelException {@code NODE_NAME_IN_USE} if a node has that name, whatever its letter case
     */
    NodeRecord add(NewNode node);

    /** Returns one node. */
    Optional<NodeRecord> find(NodeId id);

    /** Returns the node whose credentials have this public part. */
    Optional<NodeRecord> findByTokenId(String tokenId);

    /** Returns every node, ordered by id. */
    List<NodeRecord> list();

    /**
     * Removes a node with its allocations and enrolment keys.
     *
     * @throws PanelException {@code NODE_NOT_FOUND}, or {@code NODE_IN_USE} if it has a server
     */
    void delete(NodeId id);

    /**
     * Adds an enrolment key. May remove keys that expired more than a day before this one was made.
     *
     * @throws PanelException {@code NODE_NOT_FOUND}
     */
    void addEnrolmentKey(EnrolmentKey key);

    /**
     * Uses up a key, if it may be used, and notes the node as enrolled with its certificate, or with none. Of two calls with one key at most one gets
     * {@link EnrolmentOutcome#ACCEPTED}; a key shown for another node is not used up.
     *
     * @param sha256 the key's digest in lower-case hexadecimal
     * @param node the node it is shown for
     * @param certificate see {@link NodeRecord#certificate()}; takes the place of the one before
     * @param now the present time
     */
    EnrolmentOutcome useEnrolmentKey(String sha256, NodeId node, Optional<String> certificate, Instant now);

    /**
     * Adds those of the given addresses that the node does not have yet.
     *
     * @return the new ones, in the given order
     * @throws PanelException {@code NODE_NOT_FOUND}
     */
    List<AllocationRecord> addAllocations(NodeId node, Collection<Allocation> addresses);

    /** Returns the allocations of a node, ordered by ip (as text), then port. */
    List<AllocationRecord> allocations(NodeId node);

    /**
     * Removes an allocation.
     *
     * @throws PanelException {@code ALLOCATION_NOT_FOUND} if the node has none with this id, {@code ALLOCATION_IN_USE} if a server
     *     has it
     */
    void deleteAllocation(NodeId node, long allocationId);
}
