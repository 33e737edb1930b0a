package dev.rookery.panel.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.api.transfer.TransferRequest;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.Begin;
import dev.rookery.panel.spi.ServerChange.End;
import dev.rookery.panel.spi.ServerChange.KeepTransfer;
import dev.rookery.panel.spi.ServerChange.Move;
import dev.rookery.panel.spi.ServerChange.Release;
import dev.rookery.panel.spi.ServerChange.Status;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.TransferRecord;
import dev.rookery.panel.spi.TransferRecord.State;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operations about moves do. Thread-safe. */
final class TransferSteps {

    private static final Logger LOG = LoggerFactory.getLogger(TransferSteps.class);

    private final PanelStore store;
    private final ServerChanges changes;
    private final Nodes nodes;
    private final PanelOptions options;
    private final Clock clock;

    TransferSteps(PanelStore store, ServerChanges changes, Nodes nodes, PanelOptions options, Clock clock) {
        this.store = store;
        this.changes = changes;
        this.nodes = nodes;
        this.options = options;
        this.clock = clock;
    }

    /** Asks the source to send the server; either node reports the outcome. */
    void begin(Operation operation, PanelServer server) {
        var transfer = running(server.id());
        if (transfer.isEmpty()) {
            store.operations().finish(operation, Optional.empty());
            return;
        }
        var destination = nodes.require(transfer.get().destination());
        var backups = store.backups().list(server.id()).stream()
                .filter(backup -> !backup.remote() && backup.state() == BackupRecord.State.COMPLETE)
                .map(BackupRecord::id)
                .toList();
        var request = new TransferRequest(destinationOf(destination), token(destination, server.id()), backups);
        try {
            nodes.bounded(server.node(), options.callDeadline())
                    .server(server.id())
                    .transfer(request);
        } catch (ConflictException e) {
            if (operation.attempts() == 1) {
                throw e;
            }
            // An earlier call got through, whose answer was lost with the process that waited for it.
        }
    }

    /** Ends a move that did not work. */
    void fail(Operation operation, String reason) {
        changes.end(operation, server -> {
            var list = new ArrayList<ServerChange>();
            list.add(new End(operation.id()));
            running(server.id()).ifPresent(transfer -> list.addAll(failed(server, transfer, reason)));
            return list;
        });
    }

    /** Returns what becomes of a server that could not be moved: it stays, and what has arrived is removed. */
    List<ServerChange> failed(PanelServer server, TransferRecord transfer, String reason) {
        var list = new ArrayList<ServerChange>();
        list.add(new KeepTransfer(ended(transfer, State.FAILED, Optional.of(reason))));
        list.add(new Release(transfer.destination()));
        list.add(new Begin(Operations.cleanUp(server.id(), transfer.destination(), clock.instant())));
        if (server.status() == ServerStatus.TRANSFERRING) {
            list.add(new Status(ServerStatus.READY, Optional.of("not moved: " + reason)));
        }
        return list;
    }

    /** Returns what becomes of a server that has arrived: it is the destination's, and the source's copy is removed. */
    List<ServerChange> arrived(PanelServer server, TransferRecord transfer) {
        var list = new ArrayList<ServerChange>();
        list.add(new KeepTransfer(ended(transfer, State.SUCCEEDED, Optional.empty())));
        list.add(new Release(transfer.source()));
        list.add(new Move(transfer.destination()));
        list.add(new Begin(Operations.cleanUp(server.id(), transfer.source(), clock.instant())));
        // What changed while it was on its way, such as a suspension, was told to the source.
        list.add(new Begin(Operations.of(OperationKind.SYNC, server.id(), clock.instant())));
        if (server.status() == ServerStatus.TRANSFERRING) {
            list.add(new Status(ServerStatus.READY, Optional.empty()));
        }
        return list;
    }

    /** Removes a server from a node that does not have it any more, or never got all of it. */
    void cleanUp(Operation operation, PanelServer server) {
        var node = Operations.node(operation);
        boolean needed = server.node().equals(node)
                || running(server.id()).filter(t -> t.involves(node)).isPresent();
        if (!needed) {
            removeFrom(node, server.id());
        }
        store.operations().finish(operation, Optional.empty());
    }

    /** Removes a server from every node that it was being moved to or from, since it disappears. */
    void removeEverywhereElse(Operation deletion, PanelServer server) {
        for (var node : Operations.nodes(deletion)) {
            if (!node.equals(server.node())) {
                removeFrom(node, server.id());
            }
        }
    }

    private void removeFrom(NodeId id, ServerId server) {
        if (store.nodes().find(id).isEmpty()) {
            return;
        }
        var node = nodes.bounded(id, options.callDeadline());
        try {
            node.transfers().cancel(server);
        } catch (ConflictException | NotFoundException | NotOfferedException ignored) {
            // It is not on its way there, as nearly always.
        } catch (RookeryException e) {
            if (e.retryable()) {
                throw e;
            }
            LOG.info("server {}: node {} did not end its arrival: {}", server, id, e.getMessage());
        }
        try {
            node.server(server).delete();
        } catch (NotFoundException ignored) {
            // As it should be.
        }
    }

    Optional<TransferRecord> running(ServerId server) {
        return store.transfers().latest(server).filter(transfer -> transfer.state() == State.RUNNING);
    }

    private TransferRecord ended(TransferRecord transfer, State state, Optional<String> reason) {
        return TransferRecord.builder()
                .from(transfer)
                .state(state)
                .reason(reason)
                .endedAt(clock.instant())
                .build();
    }

    private String token(NodeRecord destination, ServerId server) {
        return TokenSigner.builder(destination.credentials())
                .nodeUrl(destination.url().toString())
                .clock(clock)
                .build()
                .transfer(server)
                .text();
    }

    private static URI destinationOf(NodeRecord node) {
        var url = node.url().toString();
        return URI.create((url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/api/transfers");
    }
}
