package dev.rookery.api.node;

import dev.rookery.api.ServerId;
import dev.rookery.api.transfer.IncomingTransfer;

/** The receiving side of transfers. Only for the panel itself and for nodes that it gave a token. Thread-safe. */
public interface NodeTransfers {

    /**
     * Takes a server from another node: fetches its configuration from the panel, unpacks the files, and reports to the panel. Returns when
     * that is done.
     *
     * @throws dev.rookery.api.ConflictException if the node has the server already
     */
    void receive(IncomingTransfer transfer);

    /**
     * Ends a transfer to this node.
     *
     * @throws dev.rookery.api.ConflictException if none is under way
     */
    void cancel(ServerId server);
}
