package dev.rookery.panel.spi;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.ServerState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Servers. Each method is one atomic change, see {@link PanelStore}. What a node may cause takes the node's id and does nothing for a
 * server of another node.
 */
public interface ServerStore {

    /**
     * Adds a server in status {@link ServerStatus#CREATING}, gives it its allocations and puts down the operation that creates it on the
     * node: all or nothing. The server's number is the next free one, counted from 1.
     *
     * @param server the new server
     * @param operation how it is created; of kind {@link OperationKind#CREATE} and for the same server
     * @throws PanelException {@code NODE_NOT_FOUND}; {@code EGG_NOT_FOUND}; {@code SERVER_EXISTS} if the uuid is known;
     *     {@code SERVER_NAME_IN_USE} if a server has that name, whatever its letter case; {@code ALLOCATION_NOT_FOUND} if the node has no such
     *     allocation; {@code ALLOCATION_IN_USE} if a server has it, also one that another panel adds at this moment
     */
    PanelServer add(NewServer server, NewOperation operation);

    /** Returns one server, whatever its node. */
    Optional<PanelServer> find(ServerId id);

    /** Returns a server of one node; empty also if the server is another node's. */
    Optional<PanelServer> find(NodeId node, ServerId id);

    /**
     * Returns the server of one node whose uuid begins with eight hexadecimal digits.
     *
     * @param shortId the digits, in lower case
     * @return empty if the node has none, and also if it has several
     */
    Optional<PanelServer> findByShortId(NodeId node, String shortId);

    /** Returns servers, ordered by uuid (as text). */
    ServerSlice list(ServerQuery query);

    /**
     * Changes the status, if it still is one of those the change begins with.
     *
     * @return whether it did
     */
    boolean changeStatus(NodeId node, ServerId id, StatusChange change);

    /**
     * Notes the last known power state.
     *
     * @return whether the node has such a server and the state is another than before
     */
    boolean changeState(NodeId node, ServerId id, ServerState state, Instant now);

    /**
     * Suspends a server or lifts that. Its status is left as it is.
     *
     * @return whether there is such a server and that was changed
     */
    boolean changeSuspended(ServerId id, boolean suspended);

    /**
     * Changes a server in several parts, all or nothing, if it still is as it was seen: nobody has changed its status, suspension,
     * operations, backups or moves since. That is what {@link PanelServer#version()} tells, which every such change makes greater, those by
     * other methods too.
     *
     * @param seen the server as the changes were decided for it
     * @param changes in order
     * @return false if it has been changed meanwhile, or is gone
     * @throws PanelException {@code ALLOCATION_NOT_FOUND} or {@code ALLOCATION_IN_USE} if allocations cannot be reserved, {@code
     *     SERVER_NAME_IN_USE} if another server has the new name, whatever its letter case
     */
    boolean change(PanelServer seen, List<ServerChange> changes);

    /**
     * Notes that a node has restarted: the power state of all its servers is unknown until told again.
     *
     * @param now the present time
     */
    void forgetStates(NodeId node, Instant now);
}
