package dev.rookery.panel.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import dev.rookery.panel.internal.sftp.SftpLogins;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.StatusChange;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The panel as one node sees it. Every read and every change names the node to the store, so there is no way to reach another
 * node's server from here.
 */
public final class NodePanel implements Panel {

    /** How many servers a page has at most, whatever was asked for. */
    public static final int MAX_PER_PAGE = 200;

    private static final Logger LOG = LoggerFactory.getLogger(NodePanel.class);

    /** Statuses in which an installation may end; a late report beats an early one, because a node reports in order. */
    private static final Set<ServerStatus> INSTALLABLE = EnumSet.complementOf(EnumSet.of(ServerStatus.DELETING));

    private final PanelStore store;
    private final Interpreted interpreted;
    private final StateBoard board;
    private final SftpLogins logins;
    private final BackupReports backups;
    private final TransferReports transfers;
    private final ActivityIntake activity;
    private final OperationSteps steps;
    private final Clock clock;
    private final NodeId node;
    private final Runnable wake;

    /** Creates the view of one node. */
    NodePanel(PanelParts parts, NodeId node, Runnable wake) {
        this.store = parts.store();
        this.interpreted = parts.interpreted();
        this.board = parts.board();
        this.logins = parts.logins();
        this.backups = parts.backupReports();
        this.transfers = parts.transferReports();
        this.activity = new ActivityIntake(store.activity(), parts.clock());
        this.steps = parts.steps();
        this.clock = parts.clock();
        this.node = node;
        this.wake = wake;
    }

    /** Returns this panel: it answers from the store, which has time limits of its own. */
    @Override
    public Panel with(CallOptions options) {
        return this;
    }

    @Override
    public ServerPage servers(int page, int perPage) {
        int size = Math.max(1, Math.min(perPage, MAX_PER_PAGE));
        int number = Math.max(1, page);
        // What the node has not accepted yet, it must not find at its start: it would take it for installed.
        var query = ServerQuery.all()
                .node(node)
                .without(ServerStatus.CREATING, ServerStatus.CREATE_FAILED, ServerStatus.DELETING);
        var slice = store.servers().list(query.page((number - 1L) * size, size));
        int lastPage = (int) Math.max(1, (slice.total() + size - 1) / size);
        return new ServerPage(slice.servers().stream().map(this::entry).toList(), number, lastPage, slice.total());
    }

    @Override
    public ServerConfiguration configuration(ServerId server) {
        return interpreted.configuration(readable(server));
    }

    @Override
    public InstallScript installScript(ServerId server) {
        return interpreted.installScript(readable(server));
    }

    @Override
    public void reportInstall(ServerId id, InstallReport report) {
        var server = require(id);
        if (outdated(server, report)) {
            LOG.info("server {}: an outdated install report was ignored: {}", id, report);
            return;
        }
        var to = report.successful() ? ServerStatus.READY : ServerStatus.INSTALL_FAILED;
        if (server.status() == to) {
            return;
        }
        var now = clock.instant();
        var change = report.successful()
                ? new StatusChange(INSTALLABLE, to, Optional.empty(), Optional.of(now))
                : StatusChange.of(INSTALLABLE, to, "the installation failed; its log says why");
        if (store.servers().changeStatus(node, id, change)) {
            LOG.info("server {}: {} after {}", id, to, report);
            board.changed(id);
        }
    }

    @Override
    public void reportState(ServerId server, StateChange change) {
        readable(server);
        if (store.servers().changeState(node, server, change.newState(), clock.instant())) {
            board.changed(server);
        }
    }

    /**
     * Forgets power states, and ends what the node was at: it forgets backups, restores and moves when it restarts. Installations stay as they
     * are: a node that journals them reports later, and for one that does not the installation can be asked for again.
     */
    @Override
    public void reset() {
        store.servers().forgetStates(node, clock.instant());
        store.operations().awaited(node).forEach(steps::forgotten);
        for (var transfer : store.transfers().running(node)) {
            store.operations()
                    .find(transfer.server())
                    .filter(operation -> operation.kind() == OperationKind.TRANSFER && operation.accepted())
                    .ifPresent(steps::forgotten);
        }
        wake.run();
        board.refreshSoon(node);
    }

    @Override
    public void reportTransfer(ServerId server, boolean successful) {
        transfers.report(node, server, successful);
        wake.run();
        board.changed(server);
    }

    @Override
    public BackupUpload backupUpload(BackupId backup, long sizeBytes) {
        return backups.upload(node, backup, sizeBytes);
    }

    @Override
    public void reportBackup(BackupId backup, BackupReport report) {
        backups.report(node, backup, report);
        wake.run();
    }

    @Override
    public void reportRestore(BackupId backup, boolean successful) {
        board.changed(backups.reportRestore(node, backup, successful));
    }

    @Override
    public void reportActivity(List<ActivityEntry> entries) {
        activity.take(node, entries);
    }

    @Override
    public SftpAuthority authorizeSftp(SftpLogin login) {
        return logins.authorize(node, login);
    }

    /** Says whether a report is about an installation before the present one: its answer was lost and it came again. */
    private boolean outdated(PanelServer server, InstallReport report) {
        if (server.life().installedAt().isPresent() && !report.reinstall()) {
            return true;
        }
        return store.operations()
                .find(server.id())
                .filter(o -> o.kind() == OperationKind.REINSTALL && o.attempts() == 0)
                .isPresent();
    }

    private PanelServer require(ServerId id) {
        return store.servers()
                .find(node, id)
                .filter(server -> server.status() != ServerStatus.DELETING)
                .orElseThrow(() -> new NotFoundException("this node has no server " + id));
    }

    /** Returns a server of this node, or one that is on its way to it. */
    private PanelServer readable(ServerId id) {
        return store.servers()
                .find(node, id)
                .or(() -> transfers.arriving(node, id))
                .filter(server -> server.status() != ServerStatus.DELETING)
                .orElseThrow(() -> new NotFoundException("this node has no server " + id));
    }

    private ServerPage.Entry entry(PanelServer server) {
        try {
            return new ServerPage.Entry(server.id().toString(), interpreted.configuration(server), null);
        } catch (RookeryException e) {
            LOG.warn("server {} is left out of the list for node {}: {}", server.id(), node, e.getMessage());
            return new ServerPage.Entry(server.id().toString(), null, e.getMessage());
        }
    }
}
