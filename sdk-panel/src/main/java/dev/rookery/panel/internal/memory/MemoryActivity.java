package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.panel.spi.ActivityRecord;
import dev.rookery.panel.spi.ActivityStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What happened, in memory: the latest ten thousand entries. */
public final class MemoryActivity implements ActivityStore {

    private static final int MOST = 10_000;

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemoryActivity(Tables tables) {
        this.tables = tables;
    }

    @Override
    public int add(NodeId node, List<ActivityEntry> entries) {
        synchronized (tables) {
            var known = new HashSet<ActivityEntry>();
            tables.activity.forEach(record -> known.add(record.entry()));
            int added = 0;
            for (var entry : entries) {
                var server = tables.servers.get(entry.server());
                if (server != null && server.node().equals(node) && known.add(entry)) {
                    tables.activity.add(new ActivityRecord(++tables.lastActivity, entry));
                    added++;
                }
            }
            int tooMany = tables.activity.size() - MOST;
            if (tooMany > 0) {
                tables.activity.subList(0, tooMany).clear();
            }
            return added;
        }
    }

    @Override
    public List<ActivityRecord> list(ServerId server, long before, int limit) {
        synchronized (tables) {
            var found = new ArrayList<ActivityRecord>();
            for (int i = tables.activity.size() - 1; i >= 0 && found.size() < limit; i--) {
                var record = tables.activity.get(i);
                if (record.id() < before && record.entry().server().equals(server)) {
                    found.add(record);
                }
            }
            return found;
        }
    }

    @Override
    public int forget(Instant before, int limit) {
        synchronized (tables) {
            var old = tables.activity.stream()
                    .filter(record -> record.entry().timestamp().isBefore(before))
                    .limit(limit)
                    .toList();
            tables.activity.removeAll(old);
            return old.size();
        }
    }
}
