package dev.rookery.api.node;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import java.util.List;
import java.util.Set;

/**
 * What a panel asks of a node. Implemented by the HTTP client for any Wings-compatible node, by the daemon itself for use in process,
 * and by the fake for tests; all three pass the same contract.
 *
 * <p>Calls block. They throw subclasses of {@link dev.rookery.api.RookeryException}: {@code InvalidInput} (change the input),
 * {@code NotFound}, {@code Conflict} (the present state forbids it), {@code Denied}, {@code NotOffered} (this node has no such call),
 * {@code Unavailable} and {@code Deadline} (try later), {@code Protocol}. Implementations are thread-safe.
 */
public interface Node {

    /** Returns the same node asked by someone else. A new node is asked by {@link Caller#panel()}. */
    Node as(Caller caller);

    /** Returns the same node with every call bounded by {@code options}. */
    Node with(CallOptions options);

    /** Returns which groups of calls the node has. */
    Set<Capability> capabilities();

    /** Returns what the node says of its machine. */
    SystemInformation system();

    /** Returns every server of the node, in no particular order. */
    List<ServerDetails> servers();

    /**
     * Accepts a new server: the node fetches its configuration from the panel before this returns, and installs it afterwards. The
     * outcome of the installation reaches the panel as a report.
     *
     * @throws dev.rookery.api.ConflictException if the node has this server already; a Go daemon does not look, and installs it again
     * @throws dev.rookery.api.NotFoundException if the panel does not know the server; a Go daemon only says that something failed
     */
    void createServer(CreateServer request);

    /** Returns a handle for one server. Asks nothing; calls on the handle say if the server does not exist. */
    NodeServer server(ServerId id);

    /** Returns the machine and the configuration of the node. Asks nothing. */
    default NodeMachine machine() {
        return new NodeMachine() {};
    }

    /** Returns the receiving side of transfers. Asks nothing. */
    default NodeTransfers transfers() {
        throw new NotOfferedException(Capability.TRANSFERS);
    }

    /**
     * Ends every session of a user and refuses the tokens that the user has. Only for the panel itself.
     *
     * @param request whose, and on which servers
     */
    default void deauthorize(Deauthorization request) {
        throw new NotOfferedException(Capability.DEAUTHORIZATION);
    }
}
