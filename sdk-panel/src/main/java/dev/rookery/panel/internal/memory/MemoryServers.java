package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.ServerState;
import dev.rookery.panel.internal.memory.Tables.Slot;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelServer.Life;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSlice;
import dev.rookery.panel.spi.ServerStore;
import dev.rookery.panel.spi.StatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Servers in memory. */
public final class MemoryServers implements ServerStore {

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemoryServers(Tables tables) {
        this.tables = tables;
    }

    @Override
    public PanelServer add(NewServer server, NewOperation operation) {
        synchronized (tables) {
            requireNew(server);
            var allocations = free(tables, server.id(), server.node(), server.allocationIds());
            allocations.forEach(a -> tables.allocations.put(a.id(), a));
            var added = PanelServer.builder()
                    .id(server.id())
                    .number(++tables.lastServer)
                    .node(server.node())
                    .owner(server.owner())
                    .spec(server.spec())
                    .allocations(allocations)
                    .life(Life.created(server.createdAt()))
                    .createdAt(server.createdAt())
                    .build();
            tables.servers.put(added.id(), added);
            tables.operations.put(new Slot(added.id(), operation.slot()), Operation.of(operation));
            return added;
        }
    }

    @Override
    public Optional<PanelServer> find(ServerId id) {
        synchronized (tables) {
            return Optional.ofNullable(tables.servers.get(id));
        }
    }

    @Override
    public Optional<PanelServer> find(NodeId node, ServerId id) {
        return find(id).filter(server -> server.node().equals(node));
    }

    @Override
    public Optional<PanelServer> findByShortId(NodeId node, String shortId) {
        synchronized (tables) {
            var found = tables.servers.values().stream()
                    .filter(server -> server.node().equals(node))
                    .filter(server -> server.id().toString().startsWith(shortId))
                    .toList();
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        }
    }

    @Override
    public ServerSlice list(ServerQuery query) {
        synchronized (tables) {
            var all = tables.servers.values().stream()
                    .filter(server -> matches(server, query))
                    .toList();
            var some = all.stream().skip(query.offset()).limit(query.limit()).toList();
            return new ServerSlice(some, all.size());
        }
    }

    @Override
    public boolean changeStatus(NodeId node, ServerId id, StatusChange change) {
        synchronized (tables) {
            var server = find(node, id);
            if (server.isEmpty() || !change.from().contains(server.get().status())) {
                return false;
            }
            tables.life(server.get(), server.get().life().after(change));
            return true;
        }
    }

    @Override
    public boolean changeState(NodeId node, ServerId id, ServerState state, Instant now) {
        synchronized (tables) {
            var server = find(node, id);
            if (server.isEmpty() || server.get().life().state().equals(state)) {
                return false;
            }
            state(server.get(), state, now);
            return true;
        }
    }

    static void requireFreeName(Tables tables, ServerId server, String name) {
        if (tables.servers.values().stream()
                .anyMatch(other ->
                        !other.id().equals(server) && other.spec().name().equalsIgnoreCase(name))) {
            throw nameInUse(name);
        }
    }

    private static PanelException nameInUse(String name) {
        return new PanelException(
                Problem.SERVER_NAME_IN_USE, "there is a server '" + name + "' already", Map.of("name", name));
    }

    @Override
    public boolean changeSuspended(ServerId id, boolean suspended) {
        synchronized (tables) {
            var server = tables.servers.get(id);
            if (server == null || server.life().suspended() == suspended) {
                return false;
            }
            tables.life(server, suspended(server.life(), suspended));
            return true;
        }
    }

    @Override
    public void forgetStates(NodeId node, Instant now) {
        synchronized (tables) {
            for (var server : List.copyOf(tables.servers.values())) {
                if (server.node().equals(node)) {
                    state(server, ServerState.UNKNOWN, now);
                }
            }
        }
    }

    @Override
    public boolean change(PanelServer seen, List<ServerChange> changes) {
        synchronized (tables) {
            return MemoryServerChanges.apply(tables, seen, changes);
        }
    }

    static Life suspended(Life life, boolean suspended) {
        return new Life(life.status(), life.reason(), suspended, life.state(), life.stateAt(), life.installedAt());
    }

    static PanelException inUse(AllocationRecord allocation) {
        return new PanelException(
                Problem.ALLOCATION_IN_USE,
                "the allocation " + allocation.address() + " belongs to a server",
                Map.of("allocationId", Long.toString(allocation.id())));
    }

    private void requireNew(NewServer server) {
        tables.node(server.node());
        if (!tables.eggs.containsKey(server.spec().eggId())) {
            throw MemoryEggs.notFound(server.spec().eggId());
        }
        if (tables.servers.containsKey(server.id())) {
            throw new PanelException(
                    Problem.SERVER_EXISTS,
                    "there is a server " + server.id() + " already",
                    Map.of("server", server.id().toString()));
        }
        var name = server.spec().name();
        if (tables.servers.values().stream().anyMatch(s -> s.spec().name().equalsIgnoreCase(name))) {
            throw nameInUse(name);
        }
    }

    /** Returns the allocations as they are when a server has them, the primary one first. */
    static List<AllocationRecord> free(Tables tables, ServerId server, NodeId node, List<Long> ids) {
        var allocations = new ArrayList<AllocationRecord>();
        for (var id : ids) {
            var allocation = tables.allocations.get(id);
            if (allocation == null || !allocation.node().equals(node)) {
                throw new PanelException(
                        Problem.ALLOCATION_NOT_FOUND,
                        "node " + node + " has no allocation " + id,
                        Map.of("allocationId", Long.toString(id)));
            }
            if (allocation.server().isPresent()) {
                throw inUse(allocation);
            }
            allocations.add(new AllocationRecord(id, node, allocation.address(), Optional.of(server)));
        }
        if (allocations.size() > 1) {
            allocations.subList(1, allocations.size()).sort(Comparator.comparingLong(AllocationRecord::id));
        }
        return allocations;
    }

    private static boolean matches(PanelServer server, ServerQuery query) {
        return query.node().map(server.node()::equals).orElse(true)
                && query.owner().map(server.owner()::equals).orElse(true)
                && !query.without().contains(server.status());
    }

    /** Power states are no part of what is decided about servers, and come often: the version stays. */
    private void state(PanelServer server, ServerState state, Instant now) {
        tables.servers.put(
                server.id(),
                PanelServer.builder()
                        .from(server)
                        .life(withState(server.life(), state, now))
                        .build());
    }

    private static Life withState(Life life, ServerState state, Instant now) {
        return new Life(life.status(), life.reason(), life.suspended(), state, now, life.installedAt());
    }
}
