package dev.rookery.panel;

import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupAdapter;
import dev.rookery.api.backup.BackupId;
import dev.rookery.panel.internal.Operations;
import dev.rookery.panel.internal.PanelParts;
import dev.rookery.panel.internal.ServerChanges;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupRecord.State;
import dev.rookery.panel.spi.ObjectStore;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.Begin;
import dev.rookery.panel.spi.ServerChange.KeepBackup;
import dev.rookery.panel.spi.ServerChange.Status;
import dev.rookery.panel.spi.ServerStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The backups of servers. Each method stores what is wanted and returns; the {@linkplain PanelService#start() started} service then has
 * the node do it, again and again while the node is away, and ends it after a day at most. Thread-safe.
 */
public final class PanelBackups {

    private final PanelStore store;
    private final ServerChanges changes;
    private final Optional<ObjectStore> objects;
    private final Clock clock;
    private final Runnable wake;

    PanelBackups(PanelParts parts, Runnable wake) {
        this.store = parts.store();
        this.changes = parts.changes();
        this.objects = parts.objects();
        this.clock = parts.clock();
        this.wake = wake;
    }

    /** Returns the backups of a server, the newest first. */
    public List<BackupRecord> list(ServerId server) {
        return store.backups().list(server);
    }

    /** Returns a backup of a server; empty also if it is another server's. */
    public Optional<BackupRecord> find(ServerId server, BackupId backup) {
        return store.backups().find(backup).filter(found -> found.server().equals(server));
    }

    /**
     * Has a backup made of a server's files. The server may run. An order with the id of a backup that the server has changes nothing.
     * The oldest of many failed ones are removed.
     *
     * @return the backup, or the one that was ordered with this id before
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code SERVER_STATUS} if it is not ready, {@code BACKUP_RUNNING} if one is being made
     *     already, {@code BACKUP_LIMIT} if there are as many as there may be, {@code BACKUP_EXISTS} if another server has one
     *     with this id, {@code NO_OBJECT_STORE} if it is to be kept in one and there is none
     */
    public BackupRecord create(ServerId server, BackupOrder order) {
        if (order.adapter().equals(BackupAdapter.S3) && objects.isEmpty()) {
            throw new PanelException(Problem.NO_OBJECT_STORE, "this panel has no object store for backups");
        }
        var backup = BackupRecord.builder()
                .id(order.id().orElseGet(BackupId::random))
                .server(server)
                .name(order.name())
                .adapter(order.adapter())
                .ignoredFiles(order.ignoredFiles())
                .locked(order.locked())
                .createdAt(clock.instant())
                .build();
        change(server, present -> begin(present, order, backup));
        return find(server, backup.id()).orElse(backup);
    }

    private List<ServerChange> begin(PanelServer present, BackupOrder order, BackupRecord backup) {
        var server = present.id();
        var same = store.backups().find(backup.id());
        if (same.isPresent()) {
            if (!same.get().server().equals(server)) {
                throw new PanelException(
                        Problem.BACKUP_EXISTS, "backup " + backup.id() + " is another server's (expected: a new id)");
            }
            return List.of();
        }
        requireReady(present);
        var others = store.backups().list(server);
        if (others.stream().anyMatch(other -> other.id().equals(backup.id()))) {
            // Another panel has begun it since it was looked for.
            return List.of();
        }
        requireNoneRunning(server, others);
        var list = new ArrayList<ServerChange>();
        BackupRotation.leaving(server, others, order).forEach(old -> list.addAll(deletion(old)));
        list.add(new KeepBackup(backup));
        list.add(new Begin(Operations.about(OperationKind.BACKUP, server, backup.id(), clock.instant())));
        return list;
    }

    /**
     * Has a backup restored. The node stops the server for it; nobody can start it before that has ended.
     *
     * @param truncate whether all present files go first; with a daemon written in Go they go before it has looked for the backup
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code BACKUP_NOT_FOUND}, {@code BACKUP_INCOMPLETE}, {@code BACKUP_RUNNING} if one is
     *     being made, {@code SERVER_STATUS} if the server is not ready, {@code SERVER_SUSPENDED}, {@code SERVER_BUSY}
     */
    public void restore(ServerId server, BackupId backup, boolean truncate) {
        change(server, present -> {
            if (require(server, backup).state() != State.COMPLETE) {
                throw incomplete(backup);
            }
            PanelService.requireNotSuspended(present);
            requireReady(present);
            requireNoneRunning(server, store.backups().list(server));
            changes.requireIdle(present);
            return List.of(
                    new Status(ServerStatus.RESTORING, Optional.empty()),
                    new Begin(Operations.restore(server, backup, truncate, clock.instant())));
        });
    }

    /**
     * Has a backup deleted where it is kept; it is gone from the panel once that is done. Repeating has no effect.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code BACKUP_NOT_FOUND}, {@code BACKUP_LOCKED}, {@code BACKUP_RUNNING} if it is being
     *     made, {@code SERVER_STATUS} if one is being restored, or the server moved
     */
    public void delete(ServerId server, BackupId backup) {
        change(server, present -> {
            var found = require(server, backup);
            if (found.state() == State.DELETING) {
                return List.of();
            }
            if (found.locked()) {
                throw new PanelException(
                        Problem.BACKUP_LOCKED,
                        "backup " + backup + " is locked (expected: unlock it before)",
                        Map.of("backup", backup.toString()));
            }
            requireNoneRunning(server, List.of(found));
            if (present.status() == ServerStatus.RESTORING || present.status() == ServerStatus.TRANSFERRING) {
                throw PanelService.wrongStatus(present, "its backups are deleted");
            }
            return deletion(found);
        });
    }

    /**
     * Locks a backup, which then can be neither deleted nor make room for another one, or unlocks it. Repeating has no effect.
     *
     * @return the backup as it is then
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code BACKUP_NOT_FOUND}, also if it is being deleted
     */
    public BackupRecord lock(ServerId server, BackupId backup, boolean locked) {
        change(server, present -> {
            var found = require(server, backup);
            if (found.state() == State.DELETING) {
                throw notFound(server, backup);
            }
            return found.locked() == locked
                    ? List.of()
                    : List.of(new KeepBackup(
                            BackupRecord.builder().from(found).locked(locked).build()));
        });
        return require(server, backup);
    }

    private List<ServerChange> deletion(BackupRecord backup) {
        return List.of(
                new KeepBackup(BackupRecord.builder()
                        .from(backup)
                        .state(State.DELETING)
                        .build()),
                new Begin(
                        Operations.about(OperationKind.DELETE_BACKUP, backup.server(), backup.id(), clock.instant())));
    }

    /**
     * Signs where a backup in an object store can be downloaded; one on its node is read through {@link PanelService#onNode}.
     *
     * @param validity how long
     * @return a secret; empty if the backup is kept on its node
     * @throws PanelException {@code BACKUP_NOT_FOUND} or {@code BACKUP_INCOMPLETE}
     */
    public Optional<URI> download(ServerId server, BackupId backup, Duration validity) {
        var found = require(server, backup);
        if (found.state() != State.COMPLETE) {
            throw incomplete(backup);
        }
        return found.remote() ? objects.map(store -> store.download(found.objectKey(), validity)) : Optional.empty();
    }

    private void change(ServerId server, Function<PanelServer, List<ServerChange>> decision) {
        PanelService.require(store, server);
        changes.change(server, decision);
        wake.run();
    }

    private BackupRecord require(ServerId server, BackupId backup) {
        return find(server, backup).orElseThrow(() -> notFound(server, backup));
    }

    private static PanelException notFound(ServerId server, BackupId backup) {
        return new PanelException(
                Problem.BACKUP_NOT_FOUND,
                "server " + server + " has no backup " + backup,
                Map.of("backup", backup.toString()));
    }

    private static void requireReady(PanelServer server) {
        if (server.status() != ServerStatus.READY) {
            throw PanelService.wrongStatus(server, ServerStatus.READY.toString());
        }
    }

    static void requireNoneRunning(ServerId server, List<BackupRecord> backups) {
        backups.stream()
                .filter(one -> one.state() == State.RUNNING || one.state() == State.UPLOADED)
                .findFirst()
                .ifPresent(one -> {
                    throw new PanelException(
                            Problem.BACKUP_RUNNING,
                            "backup " + one.id() + " of server " + server
                                    + " is being made (expected: wait for its end)",
                            Map.of("backup", one.id().toString()));
                });
    }

    private static PanelException incomplete(BackupId backup) {
        return new PanelException(
                Problem.BACKUP_INCOMPLETE,
                "backup " + backup + " is not complete",
                Map.of("backup", backup.toString()));
    }
}
