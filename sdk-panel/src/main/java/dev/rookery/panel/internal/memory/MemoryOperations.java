package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.internal.memory.Tables.Slot;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.Operation.Lease;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.StatusChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Operations in memory. */
public final class MemoryOperations implements OperationStore {

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemoryOperations(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Operation begin(NewOperation operation, Set<ServerStatus> from, ServerStatus to) {
        synchronized (tables) {
            var server = tables.server(operation.server());
            var present = Optional.ofNullable(tables.operations.get(slot(operation.server())));
            boolean deletion = operation.kind() == OperationKind.DELETE;
            if (deletion
                    && present.filter(o -> o.kind() == OperationKind.DELETE).isPresent()) {
                return present.get();
            }
            if (present.isPresent() && !deletion) {
                throw new PanelException(
                        Problem.SERVER_BUSY,
                        "server " + server.id() + " still has to be dealt with: "
                                + present.get().kind() + " (expected: wait until it is done, or delete the server)",
                        Map.of("server", server.id().toString()));
            }
            requireStatus(server, from);
            var begun = Operation.builder()
                    .from(Operation.of(operation))
                    .lease(present.flatMap(Operation::lease))
                    .build();
            put(begun);
            tables.life(server, server.life().after(StatusChange.of(from, to)));
            return begun;
        }
    }

    @Override
    public Optional<Operation> find(ServerId server) {
        synchronized (tables) {
            return Optional.ofNullable(tables.operations.get(slot(server)));
        }
    }

    @Override
    public List<Operation> list(ServerId server) {
        synchronized (tables) {
            return tables.operations.values().stream()
                    .filter(operation -> operation.server().equals(server))
                    .toList();
        }
    }

    @Override
    public List<Operation> awaited(NodeId node) {
        synchronized (tables) {
            return tables.operations.values().stream()
                    .filter(Operation::accepted)
                    .filter(operation ->
                            tables.server(operation.server()).node().equals(node))
                    .toList();
        }
    }

    @Override
    public Optional<Operation> claim(String lease, Instant now, Instant until, Set<NodeId> busy) {
        synchronized (tables) {
            var due = tables.operations.values().stream()
                    .filter(o -> !o.nextAttemptAt().isAfter(now))
                    .filter(o -> o.lease().map(l -> !l.until().isAfter(now)).orElse(true))
                    .filter(o -> busy.stream().noneMatch(node -> isFor(o, node)))
                    .min(Comparator.comparing(Operation::nextAttemptAt));
            var claimed = due.map(operation -> Operation.builder()
                    .from(operation)
                    .attempts(operation.attempts() + 1)
                    .unanswered(operation.unanswered() || operation.lease().isPresent())
                    .lease(new Lease(lease, until))
                    .build());
            claimed.ifPresent(this::put);
            return claimed;
        }
    }

    @Override
    public boolean renew(Operation claimed, Instant until) {
        synchronized (tables) {
            var present = tables.operations.get(slot(claimed));
            var lease = leaseName(claimed);
            if (present == null || lease.isEmpty() || !leaseName(present).equals(lease)) {
                return false;
            }
            put(Operation.builder()
                    .from(present)
                    .lease(new Lease(lease.get(), until))
                    .build());
            return true;
        }
    }

    @Override
    public boolean retry(Operation claimed, Instant nextAttemptAt, String error) {
        synchronized (tables) {
            if (!held(claimed)) {
                return false;
            }
            put(Operation.builder()
                    .from(claimed)
                    .nextAttemptAt(nextAttemptAt)
                    .lease(Optional.empty())
                    .lastError(error)
                    .build());
            var server = tables.server(claimed.server());
            if (!claimed.slot().equals("server")) {
                return true;
            }
            tables.life(
                    server, server.life().after(StatusChange.of(EnumSet.of(server.status()), server.status(), error)));
            return true;
        }
    }

    @Override
    public boolean await(Operation claimed, Instant deadline) {
        synchronized (tables) {
            if (!held(claimed)) {
                return false;
            }
            put(Operation.builder()
                    .from(claimed)
                    .nextAttemptAt(deadline)
                    .lease(Optional.empty())
                    .accepted(true)
                    .build());
            return true;
        }
    }

    @Override
    public boolean finish(Operation claimed, Optional<StatusChange> change) {
        synchronized (tables) {
            if (!held(claimed)) {
                return false;
            }
            tables.operations.remove(slot(claimed));
            var server = tables.server(claimed.server());
            change.filter(c -> c.from().contains(server.status()))
                    .ifPresent(c -> tables.life(server, server.life().after(c)));
            return true;
        }
    }

    @Override
    public boolean finishDeletion(Operation claimed) {
        synchronized (tables) {
            if (!held(claimed)) {
                return false;
            }
            tables.operations.values().removeIf(o -> o.server().equals(claimed.server()));
            tables.backups.values().removeIf(b -> b.server().equals(claimed.server()));
            tables.transfers.values().removeIf(t -> t.server().equals(claimed.server()));
            tables.activity.removeIf(a -> a.entry().server().equals(claimed.server()));
            tables.removeSchedules(claimed.server());
            var server = tables.servers.remove(claimed.server());
            if (server != null) {
                tables.release(a -> a.server().equals(Optional.of(server.id())));
            }
            return true;
        }
    }

    private boolean isFor(Operation operation, NodeId node) {
        return operation.kind() == OperationKind.CLEAN_UP
                ? operation.slot().equals(NewOperation.slotOf(node))
                : tables.server(operation.server()).node().equals(node);
    }

    /** Says whether the claim still stands; gives the lease of a replacement back otherwise. */
    private boolean held(Operation claimed) {
        var present = tables.operations.get(slot(claimed));
        var lease = leaseName(claimed);
        if (present == null || lease.isEmpty() || !leaseName(present).equals(lease)) {
            return false;
        }
        if (present.id().equals(claimed.id())) {
            return true;
        }
        put(Operation.builder().from(present).lease(Optional.empty()).build());
        return false;
    }

    private static Slot slot(Operation operation) {
        return new Slot(operation.server(), operation.slot());
    }

    private static Slot slot(ServerId server) {
        return new Slot(server, "server");
    }

    private static Optional<String> leaseName(Operation operation) {
        return operation.lease().map(Lease::name);
    }

    private static void requireStatus(PanelServer server, Set<ServerStatus> from) {
        if (!from.contains(server.status())) {
            throw new PanelException(
                    Problem.SERVER_STATUS,
                    "server " + server.id() + " is " + server.status() + " (expected: one of " + from + ")",
                    Map.of(
                            "server",
                            server.id().toString(),
                            "status",
                            server.status().name()));
        }
    }

    private void put(Operation operation) {
        tables.operations.put(slot(operation), operation);
    }
}
