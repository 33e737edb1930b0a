package dev.rookery.panel.internal;

import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.BackupRecord;
import dev.rookery.panel.spi.BackupRecord.State;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.ObjectStore;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.Begin;
import dev.rookery.panel.spi.ServerChange.End;
import dev.rookery.panel.spi.ServerChange.KeepBackup;
import dev.rookery.panel.spi.ServerChange.Status;
import dev.rookery.panel.spi.ServerStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What nodes ask and tell about backups. Every call names the node, and knows its servers only. Thread-safe. */
final class BackupReports {

    /** The most parts that an upload may have. Source: Amazon S3's limits of multipart uploads. */
    private static final int MOST_PARTS = 10_000;

    private static final int LONGEST_TEXT = 200;

    private final PanelStore store;
    private final ServerChanges changes;
    private final Optional<ObjectStore> objects;
    private final PanelOptions options;
    private final Clock clock;

    BackupReports(
            PanelStore store, ServerChanges changes, Optional<ObjectStore> objects, PanelOptions options, Clock clock) {
        this.store = store;
        this.changes = changes;
        this.objects = objects;
        this.options = options;
        this.clock = clock;
    }

    /** Returns where a node uploads a backup; asked again, signs for the same upload. */
    BackupUpload upload(NodeId node, BackupId id, long sizeBytes) {
        var backup = uploading(node, id);
        var store = objects.orElseThrow(() -> new ConflictException("this panel has no object store"));
        long partBytes = Math.max(options.backupPartBytes(), (sizeBytes + MOST_PARTS - 1) / MOST_PARTS);
        int count = (int) Math.max(1, (sizeBytes + partBytes - 1) / partBytes);
        if (backup.upload().isEmpty()) {
            backup = begun(node, backup, store);
        }
        var urls = store.sign(backup.objectKey(), backup.upload().orElseThrow(), count, options.uploadValidity());
        return new BackupUpload(urls, partBytes, OptionalInt.empty());
    }

    /** Takes the outcome of a backup. A success that comes twice is one, since a daemon deletes what was refused. */
    void report(NodeId node, BackupId id, BackupReport report) {
        requireBounded(report);
        var backup = require(node, id);
        changes.change(backup.server(), server -> {
            var present = require(node, id);
            return report.successful() ? succeeded(server, present, report) : failed(server, present);
        });
    }

    /** Takes the outcome of a restore, and returns of which server; one that nobody waits for is no news. */
    ServerId reportRestore(NodeId node, BackupId id, boolean successful) {
        var backup = require(node, id);
        changes.change(backup.server(), server -> {
            require(node, id);
            var operation = store.operations()
                    .find(server.id())
                    .filter(o -> o.kind() == OperationKind.RESTORE
                            && BackupSteps.id(o).equals(id));
            if (operation.isEmpty() || server.status() != ServerStatus.RESTORING) {
                return List.of();
            }
            var reason = successful ? Optional.<String>empty() : Optional.of("the backup could not be restored");
            return List.of(new End(operation.get().id()), new Status(ServerStatus.READY, reason));
        });
        return backup.server();
    }

    private List<ServerChange> succeeded(PanelServer server, BackupRecord backup, BackupReport report) {
        if (backup.state() != State.RUNNING && backup.state() != State.FAILED) {
            return List.of();
        }
        var told = BackupRecord.builder()
                .from(backup)
                .state(backup.remote() ? State.UPLOADED : State.COMPLETE)
                .reason(Optional.empty())
                .checksum(report.checksumType() + ":" + report.checksum())
                .sizeBytes(Math.max(0, report.sizeBytes()));
        if (backup.remote()) {
            var parts = told.parts(report.parts()).build();
            return List.of(new KeepBackup(parts), new Begin(finish(backup)));
        }
        return ending(server, backup, told.endedAt(clock.instant()).build());
    }

    private List<ServerChange> failed(PanelServer server, BackupRecord backup) {
        if (backup.state() == State.COMPLETE || backup.state() == State.UPLOADED) {
            throw new ConflictException("backup " + backup.id() + " is complete");
        }
        if (backup.state() != State.RUNNING) {
            return List.of();
        }
        var failed = BackupRecord.builder()
                .from(backup)
                .state(State.FAILED)
                .reason("its node could not make it")
                .endedAt(clock.instant())
                .build();
        if (backup.upload().isPresent()) {
            return List.of(new KeepBackup(failed), new Begin(finish(backup)));
        }
        var list = new ArrayList<>(FailedBackups.forgetOldest(store.backups(), server.id()));
        list.addAll(ending(server, backup, failed));
        return list;
    }

    private List<ServerChange> ending(PanelServer server, BackupRecord before, BackupRecord after) {
        var list = new ArrayList<ServerChange>();
        list.add(new KeepBackup(after));
        changes.in(server.id(), NewOperation.slotOf(before.id()))
                .filter(operation -> operation.kind() == OperationKind.BACKUP)
                .map(Operation::id)
                .ifPresent(operation -> list.add(new End(operation)));
        return list;
    }

    private BackupRecord begun(NodeId node, BackupRecord backup, ObjectStore store) {
        var upload = store.begin(backup.objectKey());
        boolean kept = false;
        try {
            kept = changes.change(backup.server(), server -> {
                var present = uploading(node, backup.id());
                return present.upload().isPresent()
                        ? List.of()
                        : List.of(new KeepBackup(BackupRecord.builder()
                                .from(present)
                                .upload(upload)
                                .build()));
            });
        } finally {
            // Somebody else has begun one, or the backup or its server is gone.
            if (!kept) {
                store.abort(backup.objectKey(), upload);
            }
        }
        return uploading(node, backup.id());
    }

    private BackupRecord uploading(NodeId node, BackupId id) {
        var backup = require(node, id);
        if (!backup.remote()) {
            throw new InvalidInputException("backup " + id + " is kept on its node (expected: one of an object store)");
        }
        if (backup.state() != State.RUNNING) {
            throw new ConflictException(
                    "backup " + id + " is " + backup.state() + " (expected: one that is being made)");
        }
        return backup;
    }

    private BackupRecord require(NodeId node, BackupId id) {
        return store.backups()
                .find(id)
                .filter(backup -> store.servers()
                        .find(node, backup.server())
                        .filter(server -> server.status() != ServerStatus.DELETING)
                        .isPresent())
                .orElseThrow(() -> new NotFoundException("this node has no backup " + id));
    }

    private NewOperation finish(BackupRecord backup) {
        return Operations.about(OperationKind.FINISH_BACKUP, backup.server(), backup.id(), clock.instant());
    }

    private static void requireBounded(BackupReport report) {
        boolean bounded = report.parts().size() <= MOST_PARTS
                && report.checksum().length() <= LONGEST_TEXT
                && report.checksumType().length() <= LONGEST_TEXT
                && report.parts().stream().allMatch(part -> part.etag().length() <= LONGEST_TEXT);
        if (!bounded) {
            throw new InvalidInputException("backup report: too long (expected: at most " + MOST_PARTS
                    + " parts, and texts of at most " + LONGEST_TEXT + " characters)");
        }
    }
}
