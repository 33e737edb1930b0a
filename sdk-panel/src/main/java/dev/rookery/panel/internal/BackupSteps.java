package dev.rookery.panel.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupRequest;
import dev.rookery.api.backup.RestoreRequest;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupRecord.State;
import dev.rookery.panel.spi.ObjectStore;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.End;
import dev.rookery.panel.spi.ServerChange.ForgetBackup;
import dev.rookery.panel.spi.ServerChange.KeepBackup;
import dev.rookery.panel.spi.ServerChange.Status;
import dev.rookery.panel.spi.ServerStatus;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the operations about backups do. Thread-safe. */
final class BackupSteps {

    private final PanelStore store;
    private final ServerChanges changes;
    private final Nodes nodes;
    private final Optional<ObjectStore> objects;
    private final PanelOptions options;
    private final Clock clock;

    BackupSteps(
            PanelStore store,
            ServerChanges changes,
            Nodes nodes,
            Optional<ObjectStore> objects,
            PanelOptions options,
            Clock clock) {
        this.store = store;
        this.changes = changes;
        this.nodes = nodes;
        this.objects = objects;
        this.options = options;
        this.clock = clock;
    }

    /** Asks the node for a backup, whose outcome it reports. */
    void create(Operation operation, PanelServer server) {
        var backup = store.backups().find(id(operation));
        if (backup.isEmpty() || backup.get().state() != State.RUNNING) {
            store.operations().finish(operation, Optional.empty());
            return;
        }
        try {
            nodes.bounded(server.node(), options.callDeadline())
                    .server(server.id())
                    .backups()
                    .create(new BackupRequest(
                            backup.get().id(),
                            backup.get().adapter(),
                            backup.get().ignoredFiles()));
        } catch (ConflictException e) {
            if (operation.attempts() == 1) {
                throw e;
            }
            // An earlier call got through, whose answer was lost with the process that waited for it.
        }
    }

    /** Gives a backup up. */
    void failCreate(Operation operation, String reason) {
        changes.end(operation, server -> {
            var list = new ArrayList<ServerChange>();
            list.add(new End(operation.id()));
            store.backups()
                    .find(id(operation))
                    .filter(b -> b.state() == State.RUNNING)
                    .ifPresent(backup -> {
                        list.add(new KeepBackup(failed(backup, reason)));
                        backup.upload()
                                .ifPresent(upload -> list.add(new ServerChange.Begin(Operations.about(
                                        OperationKind.FINISH_BACKUP, server.id(), backup.id(), clock.instant()))));
                    });
            return list;
        });
    }

    /** Has the object store put a backup together, or throw its parts away. */
    void finish(Operation operation) {
        var found = store.backups().find(id(operation));
        if (found.isEmpty()) {
            store.operations().finish(operation, Optional.empty());
            return;
        }
        var backup = found.get();
        if (backup.state() == State.UPLOADED) {
            objects().complete(backup.objectKey(), backup.upload().orElse(""), backup.parts());
            changes.end(
                    operation, server -> List.of(new End(operation.id()), new KeepBackup(complete(present(backup)))));
            return;
        }
        backup.upload().ifPresent(upload -> objects().abort(backup.objectKey(), upload));
        changes.end(
                operation,
                server -> List.of(
                        new End(operation.id()),
                        new KeepBackup(BackupRecord.builder()
                                .from(present(backup))
                                .upload(Optional.empty())
                                .build())));
    }

    /** Gives up putting a backup together. */
    void failFinish(Operation operation, String reason) {
        changes.end(operation, server -> {
            var list = new ArrayList<ServerChange>();
            list.add(new End(operation.id()));
            store.backups()
                    .find(id(operation))
                    .filter(b -> b.state() == State.UPLOADED)
                    .ifPresent(backup -> list.add(new KeepBackup(failed(backup, reason))));
            return list;
        });
    }

    /** Removes a backup from where it is kept, then from the panel. */
    void delete(Operation operation, PanelServer server) {
        store.backups().find(id(operation)).ifPresent(backup -> remove(backup, server));
        changes.end(operation, now -> List.of(new End(operation.id()), new ForgetBackup(id(operation))));
    }

    /** Gives up deleting a backup; it can be asked for again. */
    void failDelete(Operation operation, String reason) {
        changes.end(operation, server -> {
            var list = new ArrayList<ServerChange>();
            list.add(new End(operation.id()));
            store.backups()
                    .find(id(operation))
                    .ifPresent(backup -> list.add(new KeepBackup(failed(backup, "not deleted: " + reason))));
            return list;
        });
    }

    /** Has the node restore a backup, whose outcome it reports. */
    void restore(Operation operation, PanelServer server) {
        var found = store.backups().find(id(operation)).filter(b -> b.state() == State.COMPLETE);
        if (found.isEmpty()) {
            throw new NotFoundException("there is no backup " + id(operation) + " any more");
        }
        var backup = found.get();
        var url = backup.remote()
                ? Optional.of(objects().download(backup.objectKey(), options.downloadValidity()))
                : Optional.<URI>empty();
        boolean truncate = Boolean.parseBoolean(operation.parameters().get(Operations.TRUNCATE));
        try {
            nodes.bounded(server.node(), options.callDeadline())
                    .server(server.id())
                    .backups()
                    .restore(backup.id(), new RestoreRequest(backup.adapter(), truncate, url));
        } catch (ConflictException e) {
            if (operation.attempts() == 1) {
                throw e;
            }
        }
    }

    /** Ends a restore that did not work. */
    void failRestore(Operation operation, String reason) {
        changes.end(operation, server -> {
            var list = new ArrayList<ServerChange>();
            list.add(new End(operation.id()));
            if (server.status() == ServerStatus.RESTORING) {
                list.add(new Status(ServerStatus.READY, Optional.of("not restored: " + reason)));
            }
            return list;
        });
    }

    /** Removes from the object store what a server that disappears has there; what is on its node goes with the server. */
    void removeRemote(PanelServer server) {
        for (var backup : store.backups().list(server.id())) {
            if (backup.remote()) {
                remove(backup, server);
            }
        }
    }

    private void remove(BackupRecord backup, PanelServer server) {
        if (backup.remote()) {
            backup.upload().ifPresent(upload -> objects().abort(backup.objectKey(), upload));
            objects().delete(backup.objectKey());
            return;
        }
        try {
            nodes.bounded(server.node(), options.callDeadline())
                    .server(server.id())
                    .backups()
                    .delete(backup.id());
        } catch (NotFoundException ignored) {
            // It is gone already, or the server is.
        }
    }

    private BackupRecord failed(BackupRecord backup, String reason) {
        return BackupRecord.builder()
                .from(backup)
                .state(State.FAILED)
                .reason(reason)
                .endedAt(clock.instant())
                .build();
    }

    private BackupRecord complete(BackupRecord backup) {
        return new BackupRecord(
                backup.id(),
                backup.server(),
                backup.name(),
                backup.adapter(),
                backup.ignoredFiles(),
                State.COMPLETE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                backup.checksum(),
                backup.sizeBytes(),
                backup.createdAt(),
                Optional.of(clock.instant()),
                backup.locked());
    }

    /** Returns a backup as it is now: somebody may have locked it while a store was asked. */
    private BackupRecord present(BackupRecord backup) {
        return store.backups().find(backup.id()).orElse(backup);
    }

    private ObjectStore objects() {
        return objects.orElseThrow(() -> new ConflictException(
                "this panel has no object store (expected: one is set when the service is built)"));
    }

    static BackupId id(Operation operation) {
        return BackupId.parse(operation.parameters().getOrDefault(Operations.BACKUP, ""));
    }
}
