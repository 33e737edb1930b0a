package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.ServerState;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelServer.Life;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerSlice;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStore;
import dev.rookery.panel.spi.StatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
            var allocations = free(server);
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
            tables.operations.put(added.id(), Operation.of(operation));
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
            tables.life(server.get(), withState(server.get().life(), state, now));
            return true;
        }
    }

    @Override
    public Optional<PanelServer> changeSpec(ServerId id, UnaryOperator<ServerSpec> change) {
        synchronized (tables) {
            var server = tables.servers.get(id);
            if (server == null) {
                return Optional.empty();
            }
            var spec = change.apply(server.spec());
            if (tables.servers.values().stream()
                    .anyMatch(other ->
                            !other.id().equals(id) && other.spec().name().equalsIgnoreCase(spec.name()))) {
                throw nameInUse(spec.name());
            }
            var changed = PanelServer.builder().from(server).spec(spec).build();
            tables.servers.put(id, changed);
            return Optional.of(changed);
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
            var life = server.life();
            tables.life(
                    server,
                    new Life(
                            life.status(), life.reason(), suspended, life.state(), life.stateAt(), life.installedAt()));
            return true;
        }
    }

    @Override
    public void forgetStates(NodeId node, Instant now) {
        synchronized (tables) {
            for (var server : List.copyOf(tables.servers.values())) {
                if (server.node().equals(node)) {
                    tables.life(server, withState(server.life(), ServerState.UNKNOWN, now));
                }
            }
        }
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

    private List<AllocationRecord> free(NewServer server) {
        var allocations = new ArrayList<AllocationRecord>();
        for (var id : server.allocationIds()) {
            var allocation = tables.allocations.get(id);
            if (allocation == null || !allocation.node().equals(server.node())) {
                throw new PanelException(
                        Problem.ALLOCATION_NOT_FOUND,
                        "node " + server.node() + " has no allocation " + id,
                        Map.of("allocationId", Long.toString(id)));
            }
            if (allocation.server().isPresent()) {
                throw inUse(allocation);
            }
            allocations.add(new AllocationRecord(id, server.node(), allocation.address(), Optional.of(server.id())));
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

    private static Life withState(Life life, ServerState state, Instant now) {
        return new Life(life.status(), life.reason(), life.suspended(), state, now, life.installedAt());
    }
}
