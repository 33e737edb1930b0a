package dev.rookery.panel.spi;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import java.util.List;
import java.util.Optional;

/** Moves of servers. They are added and changed by {@link ServerStore#change}, and go with their server. */
public interface TransferStore {

    /** How many of a server are worth keeping: a store may forget older ones when another one is added or ends. */
    int KEPT = 20;

    /** Returns the newest move of a server, in whatever state. */
    Optional<TransferRecord> latest(ServerId server);

    /** Returns the moves from or to a node that run. */
    List<TransferRecord> running(NodeId node);
}
