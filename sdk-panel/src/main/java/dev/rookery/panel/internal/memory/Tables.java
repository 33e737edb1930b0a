package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.spi.ActivityRecord;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.EnrolmentKey;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.TransferRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** What the store holds. Every access holds this object's monitor; nothing is called while it is held. */
public final class Tables {

    final Map<NodeId, NodeRecord> nodes = new HashMap<>();
    final Map<String, EnrolmentKey> keys = new HashMap<>();
    final Set<String> usedKeys = new HashSet<>();
    final Map<Long, AllocationRecord> allocations = new TreeMap<>();
    final Map<Long, EggRecord> eggs = new TreeMap<>();
    /** Which server has an allocation as its primary one, where it was reserved for a move. */
    final Map<Long, ServerId> primaries = new HashMap<>();

    /** Ordered by uuid; the allocations inside are those of the table beside it, on the server's node. */
    final Map<ServerId, PanelServer> servers = new TreeMap<>();

    final Map<Slot, Operation> operations = new HashMap<>();
    final Map<BackupId, BackupRecord> backups = new LinkedHashMap<>();
    /** In the order in which they were added. */
    final Map<UUID, TransferRecord> transfers = new LinkedHashMap<>();

    final List<ActivityRecord> activity = new ArrayList<>();
    final Map<UUID, MemorySchedules.Row> schedules = new HashMap<>();
    final Map<UUID, ScheduleRun> runs = new HashMap<>();

    int lastNode;
    int lastServer;
    long lastAllocation;
    long lastEgg;
    long lastActivity;

    /** Where an operation of a server is. */
    record Slot(ServerId server, String name) {}

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
        servers.put(
                server.id(),
                PanelServer.builder()
                        .from(server)
                        .life(life)
                        .version(server.version() + 1)
                        .build());
    }

    /** Makes allocations free. */
    void release(Predicate<AllocationRecord> which) {
        for (var taken : List.copyOf(allocations.values())) {
            if (which.test(taken)) {
                allocations.put(
                        taken.id(), new AllocationRecord(taken.id(), taken.node(), taken.address(), Optional.empty()));
            }
        }
    }
}
