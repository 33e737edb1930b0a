package dev.rookery.testing.panel;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.StateChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The panel of one node, without a database: knows the servers it was given and keeps every report. Can be made unavailable.
 * Thread-safe.
 */
public final class FakePanel implements Panel {

    private final Object lock = new Object();
    private final TreeMap<ServerId, Entry> servers = new TreeMap<>();
    private final List<Installed> installs = new ArrayList<>();
    private final List<Changed> states = new ArrayList<>();
    private final Map<BackupId, List<BackupReport>> backups = new HashMap<>();
    private final Map<BackupId, List<Boolean>> restores = new HashMap<>();
    private final Map<BackupId, BackupUpload> uploads = new HashMap<>();
    private final Map<ServerId, List<Boolean>> transfers = new HashMap<>();
    private boolean away;
    private int resets;

    private record Entry(ServerConfiguration configuration, InstallScript script) {}

    /**
     * An install report that arrived.
     *
     * @param server which server
     * @param report what it said
     */
    public record Installed(ServerId server, InstallReport report) {}

    /**
     * A change of state that arrived.
     *
     * @param server which server
     * @param change what it said
     */
    public record Changed(ServerId server, StateChange change) {}

    /** Adds a server, or replaces what was known of it. */
    public void put(ServerConfiguration configuration, InstallScript script) {
        synchronized (lock) {
            servers.put(configuration.settings().uuid(), new Entry(configuration, script));
        }
    }

    /** Forgets a server. */
    public void remove(ServerId server) {
        synchronized (lock) {
            servers.remove(server);
        }
    }

    /** From now on every call fails as if the panel were down, or works again. */
    public void away(boolean isAway) {
        synchronized (lock) {
            away = isAway;
        }
    }

    /** Returns the install reports about a server, in the order of arrival. */
    public List<InstallReport> installs(ServerId server) {
        synchronized (lock) {
            return installs.stream()
                    .filter(installed -> installed.server().equals(server))
                    .map(Installed::report)
                    .toList();
        }
    }

    /** Returns the changes of state of a server, in the order of arrival. */
    public List<StateChange> states(ServerId server) {
        synchronized (lock) {
            return states.stream()
                    .filter(changed -> changed.server().equals(server))
                    .map(Changed::change)
                    .toList();
        }
    }

    /** Sets where a backup is to be uploaded. */
    public void uploads(BackupId backup, BackupUpload upload) {
        synchronized (lock) {
            uploads.put(backup, upload);
        }
    }

    /** Returns the reports about a backup, in the order of arrival. */
    public List<BackupReport> backups(BackupId backup) {
        synchronized (lock) {
            return List.copyOf(backups.getOrDefault(backup, List.of()));
        }
    }

    /** Returns the reports about the restoring of a backup, in the order of arrival: whether it went well. */
    public List<Boolean> restores(BackupId backup) {
        synchronized (lock) {
            return List.copyOf(restores.getOrDefault(backup, List.of()));
        }
    }

    /** Returns the reports about the move of a server, in the order of arrival: whether it went well. */
    public List<Boolean> transfers(ServerId server) {
        synchronized (lock) {
            return List.copyOf(transfers.getOrDefault(server, List.of()));
        }
    }

    /** Returns how often the node said that it had restarted. */
    public int resets() {
        synchronized (lock) {
            return resets;
        }
    }

    @Override
    public Panel with(CallOptions options) {
        return this;
    }

    @Override
    public ServerPage servers(int page, int perPage) {
        synchronized (lock) {
            requirePresent();
            var entries = servers.values().stream()
                    .skip((long) (page - 1) * perPage)
                    .limit(perPage)
                    .map(entry -> new ServerPage.Entry(
                            entry.configuration().settings().uuid().toString(), entry.configuration(), null))
                    .toList();
            return new ServerPage(entries, page, Math.max(1, (servers.size() + perPage - 1) / perPage), servers.size());
        }
    }

    @Override
    public ServerConfiguration configuration(ServerId server) {
        return entry(server).configuration();
    }

    @Override
    public InstallScript installScript(ServerId server) {
        return entry(server).script();
    }

    @Override
    public void reportInstall(ServerId server, InstallReport report) {
        synchronized (lock) {
            requirePresent();
            installs.add(new Installed(server, report));
        }
    }

    @Override
    public void reportState(ServerId server, StateChange change) {
        synchronized (lock) {
            requirePresent();
            states.add(new Changed(server, change));
        }
    }

    @Override
    public void reset() {
        synchronized (lock) {
            requirePresent();
            resets++;
        }
    }

    @Override
    public void reportTransfer(ServerId server, boolean successful) {
        synchronized (lock) {
            requirePresent();
            transfers.computeIfAbsent(server, id -> new ArrayList<>()).add(successful);
        }
    }

    @Override
    public BackupUpload backupUpload(BackupId backup, long sizeBytes) {
        synchronized (lock) {
            requirePresent();
            var upload = uploads.get(backup);
            if (upload == null) {
                throw new NotFoundException("the panel has no place for the backup " + backup);
            }
            return upload;
        }
    }

    @Override
    public void reportBackup(BackupId backup, BackupReport report) {
        synchronized (lock) {
            requirePresent();
            backups.computeIfAbsent(backup, id -> new ArrayList<>()).add(report);
        }
    }

    @Override
    public void reportRestore(BackupId backup, boolean successful) {
        synchronized (lock) {
            requirePresent();
            restores.computeIfAbsent(backup, id -> new ArrayList<>()).add(successful);
        }
    }

    private Entry entry(ServerId server) {
        synchronized (lock) {
            requirePresent();
            var entry = servers.get(server);
            if (entry == null) {
                throw new NotFoundException("the panel has no server " + server + " on this node");
            }
            return entry;
        }
    }

    private void requirePresent() {
        if (away) {
            throw new UnavailableException("the panel is away");
        }
    }
}
