package dev.rookery.panel.spi;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is still to be done on nodes. A server has <em>at most one</em> operation in each {@linkplain NewOperation#slot() slot} (a unique
 * index on both). Each method is one
 * atomic change, see {@link PanelStore}.
 *
 * <p>Whoever carries an operation out first claims it under a lease with a name of its own; nobody else gets it before it is
 * given back or the lease has run out. An operation can be replaced by a {@linkplain OperationKind#DELETE deletion} while it is claimed: the
 * new one then inherits the lease, so that it begins only after the old one has ended, and the end of the old one only gives
 * the lease back.
 */
public interface OperationStore {

    /**
     * Puts down an operation in the slot {@code server} and changes the server's status, both or neither. A deletion replaces an operation that is there
     * and inherits its lease; putting down a deletion where there is one already changes nothing.
     *
     * @param operation what is to be done
     * @param from statuses the server has to be in
     * @param to the status it gets; the reason is cleared
     * @return the operation as stored
     * @throws PanelException {@code SERVER_NOT_FOUND}; {@code SERVER_BUSY} if there is another operation, and this one is no deletion;
     *     {@code SERVER_STATUS} if the server is in another status
     */
    Operation begin(NewOperation operation, Set<ServerStatus> from, ServerStatus to);

    /** Returns what is to be done for a server itself: the operation in the slot {@code server}. */
    Optional<Operation> find(ServerId server);

    /** Returns everything that is to be done for a server, in no particular order. */
    List<Operation> list(ServerId server);

    /** Returns what a node has accepted for its servers and owes the outcome of, in no particular order. */
    List<Operation> awaited(NodeId node);

    /**
     * Claims the operation that has been due for the longest time and is not claimed, or whose lease has run out. Counts the
     * attempt. One whose lease has run out is {@linkplain Operation#unanswered() unanswered} from then on: nobody knows how far it got. Of several callers at one time, each operation goes to at most one.
     *
     * @param lease a name nobody used before
     * @param now the present time
     * @param until when the lease runs out
     * @param busy nodes that have no time for more: a clean-up there is passed over, and everything else for servers that are on them
     */
    Optional<Operation> claim(String lease, Instant now, Instant until, Set<NodeId> busy);

    /**
     * Prolongs a claim, also when the operation was replaced meanwhile.
     *
     * @param claimed as {@link #claim} returned it
     * @param until when the lease runs out from now on
     * @return false if the server's operation is no longer claimed under this lease
     */
    boolean renew(Operation claimed, Instant until);

    /**
     * Gives an operation back to be tried again, and keeps whether it is {@linkplain Operation#unanswered() unanswered}. The error becomes the server's reason, too, if the operation is in the slot {@code server}.
     *
     * @param claimed as {@link #claim} returned it, but for {@code unanswered}
     * @param nextAttemptAt not before
     * @param error why it did not work, for people
     * @return false if it is no longer claimed under this lease, or was replaced; a replacement's lease is given back then
     */
    boolean retry(Operation claimed, Instant nextAttemptAt, String error);

    /**
     * Notes that the node has accepted an operation, whose outcome it reports, and gives the operation back: it is due again when that
     * takes too long.
     *
     * @param claimed as {@link #claim} returned it
     * @param deadline not due before
     * @return false if it is no longer claimed under this lease, or was replaced; a replacement's lease is given back then
     */
    boolean await(Operation claimed, Instant deadline);

    /**
     * Removes an operation and changes the server's status, if it still is one of those the change begins with.
     *
     * @param claimed as {@link #claim} returned it
     * @param change what becomes of the server; empty leaves its status alone
     * @return false if it is no longer claimed under this lease, or was replaced; a replacement's lease is given back then
     */
    boolean finish(Operation claimed, Optional<StatusChange> change);

    /**
     * Removes an operation together with its server, whose allocations become free.
     *
     * @param claimed as {@link #claim} returned it
     * @return false if it is no longer claimed under this lease
     */
    boolean finishDeletion(Operation claimed);
}
