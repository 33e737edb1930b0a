package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EnrolmentKey;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What the store holds. Every access holds this object's monitor; nothing is called while it is held. */
public final class Tables {

    final Map<NodeId, NodeRecord> nodes = new HashMap<>();
    final Map<String, EnrolmentKey> keys = new HashMap<>();
    final Set<String> usedKeys = new HashSet<>();
    final Map<Long, AllocationRecord> allocations = new TreeMap<>();
    final Map<Long, EggRecord> eggs = new TreeMap<>();
    /** Ordered by uuid; the allocations inside are always those of the table beside it. */
    final Map<ServerId, PanelServer> servers = new TreeMap<>();

    final Map<ServerId, Operation> operations = new HashMap<>();
    final Map<UUID, MemorySchedules.Row> schedules = new HashMap<>();
    final Map<UUID, ScheduleRun> runs = new HashMap<>();

    int lastNode;
    int lastServer;
    long lastAllocation;
    long lastEgg;

    NodeRecord node(NodeId id) {
        var node = nodes.get(id);
        if (node == null) {
            throw new PanelException(Problem.NODE_NOT_FOUND, "there is no node " + id, Map.of("nodeId", id.toString()));
        }
        return node;
    }

    PanelServer server(ServerId id) {
        var server = servers.get(id);
        if (server == null) {
            throw new PanelException(
                    Problem.SERVER_NOT_FOUND, "there is no server " + id, Map.of("server", id.toString()));
        }
        return server;
    }

    /** Removes what goes with a server. */
    void removeSchedules(ServerId server) {
        schedules.values().removeIf(row -> row.schedule().server().equals(server));
        runs.values().removeIf(run -> run.server().equals(server));
    }

    void life(PanelServer server, PanelServer.Life life) {
        servers.put(server.id(), PanelServer.builder().from(server).life(life).build());
    }
}
