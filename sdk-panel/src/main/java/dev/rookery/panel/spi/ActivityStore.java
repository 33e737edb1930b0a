package dev.rookery.panel.spi;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ActivityEntry;
import java.time.Instant;
import java.util.List;

/** What happened to servers. It goes with its server. Each method is one atomic change, see {@link PanelStore}. */
public interface ActivityStore {

    /**
     * Keeps entries, in order. One about a server that the node does not have is dropped, and so is one that is equal to an entry that is
     * kept: nodes report again what they are not sure to have reported.
     *
     * @param node who reports
     * @param entries at most a few hundred
     * @return how many were new
     */
    int add(NodeId node, List<ActivityEntry> entries);

    /**
     * Returns what happened to a server, the latest report first.
     *
     * @param server which server
     * @param before only entries with a smaller number; {@link Long#MAX_VALUE} for the latest
     * @param limit how many at most, at least 1
     */
    List<ActivityRecord> list(ServerId server, long before, int limit);

    /**
     * Forgets entries that happened before a time.
     *
     * @param limit how many at most, so that no call takes long
     * @return how many were forgotten
     */
    int forget(Instant before, int limit);
}
