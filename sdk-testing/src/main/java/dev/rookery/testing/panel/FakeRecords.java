package dev.rookery.testing.panel;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.StateChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a fake panel was told, and what it waits for. Guarded by the lock of its panel. */
final class FakeRecords {

    final List<FakePanel.Asked> asked = new ArrayList<>();
    final Map<ServerId, List<InstallReport>> installs = new HashMap<>();
    final Map<ServerId, List<StateChange>> states = new HashMap<>();
    final Map<ServerId, List<Boolean>> transfers = new HashMap<>();
    final Map<BackupId, List<BackupReport>> backups = new HashMap<>();
    final Map<BackupId, List<Boolean>> restores = new HashMap<>();
    final Map<BackupId, BackupUpload> uploads = new HashMap<>();
    final List<ActivityEntry> activity = new ArrayList<>();
    final Set<BackupId> expectedBackups = new HashSet<>();
    final Set<ServerId> expectedTransfers = new HashSet<>();
    boolean strict;
    int resets;

    void asked(PanelCall call, String subject) {
        asked.add(new FakePanel.Asked(call, subject));
    }

    static <K, V> void add(Map<K, List<V>> records, K key, V value) {
        records.computeIfAbsent(key, id -> new ArrayList<>()).add(value);
    }

    /** The same outcome may come twice, since its answer may have been lost. */
    void transfer(ServerId server, boolean successful) {
        var told = transfers.getOrDefault(server, List.of());
        if (strict && told.isEmpty() && !expectedTransfers.contains(server)) {
            throw new ConflictException("server " + server + " is not being moved");
        }
        if (strict && !told.isEmpty() && told.get(told.size() - 1) != successful) {
            throw new ConflictException("the move of server " + server + " has ended otherwise");
        }
        add(transfers, server, successful);
    }

    BackupUpload upload(BackupId backup) {
        require(backup);
        if (complete(backup)) {
            throw new ConflictException("backup " + backup + " is complete already");
        }
        var upload = uploads.get(backup);
        if (upload == null) {
            throw new NotFoundException("the panel has no place for the backup " + backup);
        }
        return upload;
    }

    /** A failed backup may be reported again; a complete one stays complete. */
    void backup(BackupId backup, BackupReport report) {
        require(backup);
        if (strict && complete(backup) && !report.successful()) {
            throw new ConflictException("backup " + backup + " is complete already");
        }
        add(backups, backup, report);
    }

    void restore(BackupId backup, boolean successful) {
        require(backup);
        add(restores, backup, successful);
    }

    private boolean complete(BackupId backup) {
        return backups.getOrDefault(backup, List.of()).stream().anyMatch(BackupReport::successful);
    }

    private void require(BackupId backup) {
        if (strict && !expectedBackups.contains(backup)) {
            throw new NotFoundException("the panel has no backup " + backup + " on this node");
        }
    }
}
