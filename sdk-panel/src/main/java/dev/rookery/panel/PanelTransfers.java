package dev.rookery.panel;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.internal.Operations;
import dev.rookery.panel.internal.PanelParts;
import dev.rookery.panel.internal.ServerChanges;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange.Begin;
import dev.rookery.panel.spi.ServerChange.KeepTransfer;
import dev.rookery.panel.spi.ServerChange.Reserve;
import dev.rookery.panel.spi.ServerChange.Status;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.TransferRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Moves of servers from node to node. The nodes copy; the panel reserves the allocations, and changes over when the destination says
 * that it has everything. What is left on the other node is removed then, however often that takes. Thread-safe.
 */
public final class PanelTransfers {

    private final PanelStore store;
    private final ServerChanges changes;
    private final PanelParts parts;
    private final Clock clock;
    private final Runnable wake;

    PanelTransfers(PanelParts parts, Runnable wake) {
        this.store = parts.store();
        this.changes = parts.changes();
        this.parts = parts;
        this.clock = parts.clock();
        this.wake = wake;
    }

    /** Returns the newest move of a server. */
    public Optional<TransferRecord> latest(ServerId server) {
        return store.transfers().latest(server);
    }

    /**
     * Has a server moved, which stops it. It is {@link ServerStatus#TRANSFERRING} until that has ended, after a day at most.
     *
     * @param server which server
     * @param to the node it goes to
     * @param allocationIds what it gets there, the primary one first
     * @throws InvalidInputException without an allocation
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code NODE_NOT_FOUND}, {@code SERVER_STATUS} if it is not ready, {@code
     *     SERVER_SUSPENDED}, {@code SERVER_BUSY} if something else is to be done for it, also if it has still to be removed from that node, {@code
     *     BACKUP_RUNNING}, {@code SAME_NODE}, or as for allocations that it cannot have
     */
    public TransferRecord begin(ServerId server, NodeId to, List<Long> allocationIds) {
        PanelService.require(store, server);
        requireNode(to);
        if (allocationIds.isEmpty()) {
            throw new InvalidInputException("allocations: none (expected: at least one, the primary one first)");
        }
        var id = UUID.randomUUID();
        changes.change(server, present -> {
            PanelService.requireNotSuspended(present);
            requireMovable(present, to);
            return List.of(
                    new KeepTransfer(transfer(id, present, to, allocationIds)),
                    new Reserve(to, allocationIds),
                    new Status(ServerStatus.TRANSFERRING, Optional.empty()),
                    new Begin(Operations.of(OperationKind.TRANSFER, server, clock.instant())));
        });
        wake.run();
        return latest(server).orElseThrow();
    }

    /**
     * Ends a move: the server stays where it is, and what has arrived is removed. Without effect if none is under way.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public void cancel(ServerId server) {
        PanelService.require(store, server);
        changes.change(server, present -> parts.cancelled(present, "it was cancelled"));
        wake.run();
    }

    private void requireMovable(PanelServer server, NodeId to) {
        if (server.status() != ServerStatus.READY) {
            throw PanelService.wrongStatus(server, ServerStatus.READY.toString());
        }
        if (server.node().equals(to)) {
            throw new PanelException(
                    Problem.SAME_NODE,
                    "server " + server.id() + " is on node " + to + " (expected: another one)",
                    Map.of("nodeId", to.toString()));
        }
        changes.requireIdle(server);
        PanelBackups.requireNoneRunning(server.id(), store.backups().list(server.id()));
        store.operations().list(server.id()).stream()
                .filter(operation -> operation.kind() == OperationKind.DELETE_BACKUP
                        || (operation.kind() == OperationKind.CLEAN_UP
                                && Operations.node(operation).equals(to)))
                .findFirst()
                .ifPresent(operation -> {
                    throw new PanelException(
                            Problem.SERVER_BUSY,
                            "server " + server.id() + " still has to be dealt with: " + operation.kind()
                                    + " (expected: wait until it is done)",
                            Map.of("server", server.id().toString()));
                });
    }

    private void requireNode(NodeId to) {
        if (store.nodes().find(to).isEmpty()) {
            throw new PanelException(Problem.NODE_NOT_FOUND, "there is no node " + to, Map.of("nodeId", to.toString()));
        }
    }

    private TransferRecord transfer(UUID id, PanelServer server, NodeId to, List<Long> allocationIds) {
        return TransferRecord.builder()
                .id(id)
                .server(server.id())
                .source(server.node())
                .destination(to)
                .allocations(allocationIds)
                .createdAt(clock.instant())
                .build();
    }
}
