package dev.rookery.panel.internal;

import dev.rookery.api.NodeId;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.internal.sftp.SftpLogins;
import dev.rookery.panel.spi.ObjectStore;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.End;
import dev.rookery.panel.spi.SftpUsers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the service, its views and its operations are made of, put together once. Thread-safe. */
public final class PanelParts {

    private final Outside outside;
    private final Interpreted interpreted;
    private final StateBoard board;
    private final ServerChanges changes;
    private final SftpLogins logins;
    private final TransferSteps transferSteps;
    private final OperationSteps steps;

    /**
     * What the panel is given.
     *
     * @param store what it keeps
     * @param objects where backups are kept that do not lie on nodes
     * @param users who may log in over SFTP
     * @param options bounds
     * @param clock the time
     */
    public record Outside(
            PanelStore store, Optional<ObjectStore> objects, SftpUsers users, PanelOptions options, Clock clock) {}

    /** Puts everything together. */
    public PanelParts(Outside outside, Nodes nodes, Interpreted interpreted, StateBoard board) {
        this.outside = outside;
        this.interpreted = interpreted;
        this.board = board;
        var store = outside.store();
        changes = new ServerChanges(store);
        logins = new SftpLogins(store.servers(), outside.users(), outside.clock());
        transferSteps = new TransferSteps(store, changes, nodes, outside.options(), outside.clock());
        var backupSteps = new BackupSteps(
                store,
                changes,
                nodes,
                outside.objects().map(ObjectStorePlaces::new),
                outside.options(),
                outside.clock());
        steps = new OperationSteps(store, nodes, board, outside.options(), outside.clock(), backupSteps, transferSteps);
    }

    /** Returns what the panel keeps. */
    public PanelStore store() {
        return outside.store();
    }

    /** Returns where backups are kept that do not lie on nodes. */
    public Optional<ObjectStore> objects() {
        return outside.objects();
    }

    /** Returns the time. */
    public Clock clock() {
        return outside.clock();
    }

    /** Returns the way to change servers. */
    public ServerChanges changes() {
        return changes;
    }

    /** Returns what operations do. */
    public OperationSteps steps() {
        return steps;
    }

    /** Returns the panel as one node sees it. */
    public NodePanel seenBy(NodeId node, Runnable wake) {
        return new NodePanel(this, node, wake);
    }

    /** Returns what becomes of a server whose move is ended; nothing if none is under way. */
    public List<ServerChange> cancelled(PanelServer server, String reason) {
        var list = new ArrayList<ServerChange>();
        transferSteps.running(server.id()).ifPresent(transfer -> {
            outside.store()
                    .operations()
                    .find(server.id())
                    .filter(operation -> operation.kind() == OperationKind.TRANSFER)
                    .ifPresent(operation -> list.add(new End(operation.id())));
            list.addAll(transferSteps.failed(server, transfer, reason));
        });
        return list;
    }

    Interpreted interpreted() {
        return interpreted;
    }

    StateBoard board() {
        return board;
    }

    SftpLogins logins() {
        return logins;
    }

    BackupReports backupReports() {
        return new BackupReports(store(), changes, objects(), outside.options(), clock());
    }

    TransferReports transferReports() {
        return new TransferReports(store(), changes, transferSteps);
    }
}
