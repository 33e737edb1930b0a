package dev.rookery.panel.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.End;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.TransferRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the two nodes of a move see and tell. Source: panel remote API §3.2, §3.7, §3.8. Thread-safe. */
final class TransferReports {

    private final PanelStore store;
    private final ServerChanges changes;
    private final TransferSteps steps;

    TransferReports(PanelStore store, ServerChanges changes, TransferSteps steps) {
        this.store = store;
        this.changes = changes;
        this.steps = steps;
    }

    /** Returns a server that is on its way to a node, as it will be there. */
    Optional<PanelServer> arriving(NodeId node, ServerId id) {
        return steps.running(id)
                .filter(transfer -> transfer.destination().equals(node))
                .flatMap(transfer -> store.servers().find(id).map(server -> there(server, transfer)));
    }

    /** Takes the outcome of a move. Only the destination knows of a success. */
    void report(NodeId node, ServerId id, boolean successful) {
        if (involving(node, id).isEmpty()) {
            if (store.servers().find(node, id).isPresent()) {
                throw new ConflictException("server " + id + " is not being moved");
            }
            throw new NotFoundException("this node has no server " + id);
        }
        changes.change(id, server -> {
            var transfer = involving(node, id)
                    .filter(one -> server.status() != ServerStatus.DELETING)
                    .orElseThrow(() -> new NotFoundException("this node has no server " + id));
            return switch (transfer.state()) {
                case RUNNING -> ended(server, transfer, node, successful);
                case SUCCEEDED -> nothing(successful, id);
                case FAILED -> nothing(!successful, id);
            };
        });
    }

    private List<ServerChange> ended(PanelServer server, TransferRecord transfer, NodeId node, boolean successful) {
        if (successful && !transfer.destination().equals(node)) {
            throw new DeniedException("only the destination says that server " + server.id() + " has arrived");
        }
        var list = new ArrayList<ServerChange>();
        store.operations()
                .find(server.id())
                .filter(operation -> operation.kind() == OperationKind.TRANSFER)
                .ifPresent(operation -> list.add(new End(operation.id())));
        list.addAll(
                successful
                        ? steps.arrived(server, transfer)
                        : steps.failed(server, transfer, "a node reported a failure"));
        return list;
    }

    private static List<ServerChange> nothing(boolean saidBefore, ServerId id) {
        if (!saidBefore) {
            throw new ConflictException("the move of server " + id + " has ended otherwise");
        }
        return List.of();
    }

    private Optional<TransferRecord> involving(NodeId node, ServerId id) {
        return store.transfers().latest(id).filter(transfer -> transfer.involves(node));
    }

    private PanelServer there(PanelServer server, TransferRecord transfer) {
        var offered = store.nodes().allocations(transfer.destination());
        var reserved = transfer.allocations().stream()
                .flatMap(number -> offered.stream().filter(allocation -> allocation.id() == number))
                .toList();
        return PanelServer.builder()
                .from(server)
                .node(transfer.destination())
                .allocations(reserved)
                .build();
    }
}
