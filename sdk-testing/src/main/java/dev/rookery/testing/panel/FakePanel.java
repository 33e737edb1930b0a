package dev.rookery.testing.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.backup.BackupReport;
import dev.rookery.api.backup.BackupUpload;
import dev.rookery.api.dialect.PanelCall;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.panel.SftpAuthority;
import dev.rookery.api.panel.SftpLogin;
import dev.rookery.api.panel.StateChange;
import dev.rookery.api.permission.Permissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The panel of one node, without a database: knows the servers it was given, answers every call, and keeps every report. Calls can be
 * made to fail, one by one or all. Thread-safe.
 *
 * <p>Takes reports about every backup and every move until it is made {@linkplain #strict strict}.
 */
public final class FakePanel implements Panel {

    private final Object lock = new Object();
    private final TreeMap<ServerId, Entry> servers = new TreeMap<>();
    private final FakeRecords records = new FakeRecords();
    private final FakeLogins logins = new FakeLogins();
    private final Map<PanelCall, Deque<Supplier<? extends RookeryException>>> failures = new EnumMap<>(PanelCall.class);
    private boolean away;

    private record Entry(ServerConfiguration configuration, InstallScript script) {}

    /**
     * A call that arrived, whether it was answered or failed.
     *
     * @param call which one
     * @param subject the id of the server or backup, the user's name, or empty
     */
    public record Asked(PanelCall call, String subject) {}

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

    /** Makes the next call of a kind fail; several failures are used up one after the other. */
    public void failNext(PanelCall call, Supplier<? extends RookeryException> failure) {
        requireNonNull(failure, "failure");
        synchronized (lock) {
            failures.computeIfAbsent(call, kind -> new ArrayDeque<>()).add(failure);
        }
    }

    /**
     * From now on refuses reports about backups and moves that it does not expect, as panels do that know what they ordered: unknown
     * backups are not found, unexpected moves a conflict.
     */
    public void strict() {
        synchronized (lock) {
            records.strict = true;
        }
    }

    /** Makes a backup known to a strict panel. */
    public void expectBackup(BackupId backup) {
        synchronized (lock) {
            records.expectedBackups.add(backup);
        }
    }

    /** Makes the move of a server known to a strict panel. */
    public void expectTransfer(ServerId server) {
        synchronized (lock) {
            records.expectedTransfers.add(server);
        }
    }

    /** Sets where a backup is to be uploaded. */
    public void uploads(BackupId backup, BackupUpload upload) {
        synchronized (lock) {
            records.uploads.put(backup, upload);
        }
    }

    /** Lets someone log in over SFTP by password, on every server that is not suspended. */
    public void allowPassword(String user, String password, UUID id, Permissions permissions) {
        synchronized (lock) {
            logins.allow(SftpLogin.Method.PASSWORD, user, password, id, permissions);
        }
    }

    /**
     * Lets someone log in over SFTP by public key, on every server that is not suspended.
     *
     * @param key as one line of an {@code authorized_keys} file; the comment does not matter
     */
    public void allowKey(String user, String key, UUID id, Permissions permissions) {
        synchronized (lock) {
            logins.allow(SftpLogin.Method.PUBLIC_KEY, user, key, id, permissions);
        }
    }

    /** Returns every call, in the order of arrival. */
    public List<Asked> asked() {
        synchronized (lock) {
            return List.copyOf(records.asked);
        }
    }

    /** Returns the install reports about a server, in the order of arrival. */
    public List<InstallReport> installs(ServerId server) {
        return told(records.installs, server);
    }

    /** Returns the changes of state of a server, in the order of arrival. */
    public List<StateChange> states(ServerId server) {
        return told(records.states, server);
    }

    /** Returns the reports about the move of a server, in the order of arrival: whether it went well. */
    public List<Boolean> transfers(ServerId server) {
        return told(records.transfers, server);
    }

    /** Returns the reports about a backup, in the order of arrival. */
    public List<BackupReport> backups(BackupId backup) {
        return told(records.backups, backup);
    }

    /** Returns the reports about the restoring of a backup, in the order of arrival: whether it went well. */
    public List<Boolean> restores(BackupId backup) {
        return told(records.restores, backup);
    }

    /** Returns what happened on the node, in the order of arrival. */
    public List<ActivityEntry> activity() {
        synchronized (lock) {
            return List.copyOf(records.activity);
        }
    }

    /** Returns how often the node said that it had restarted. */
    public int resets() {
        synchronized (lock) {
            return records.resets;
        }
    }

    @Override
    public Panel with(CallOptions options) {
        return this;
    }

    @Override
    public ServerPage servers(int page, int perPage) {
        synchronized (lock) {
            arrived(PanelCall.SERVERS, "");
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
        synchronized (lock) {
            return entry(PanelCall.CONFIGURATION, server).configuration();
        }
    }

    @Override
    public InstallScript installScript(ServerId server) {
        synchronized (lock) {
            return entry(PanelCall.INSTALL_SCRIPT, server).script();
        }
    }

    @Override
    public void reportInstall(ServerId server, InstallReport report) {
        synchronized (lock) {
            entry(PanelCall.INSTALL_REPORT, server);
            FakeRecords.add(records.installs, server, report);
        }
    }

    @Override
    public void reportState(ServerId server, StateChange change) {
        synchronized (lock) {
            entry(PanelCall.STATE_REPORT, server);
            FakeRecords.add(records.states, server, change);
        }
    }

    @Override
    public void reset() {
        synchronized (lock) {
            arrived(PanelCall.RESET, "");
            records.resets++;
        }
    }

    @Override
    public void reportTransfer(ServerId server, boolean successful) {
        synchronized (lock) {
            entry(successful ? PanelCall.TRANSFER_SUCCESS : PanelCall.TRANSFER_FAILURE, server);
            records.transfer(server, successful);
        }
    }

    @Override
    public BackupUpload backupUpload(BackupId backup, long sizeBytes) {
        synchronized (lock) {
            arrived(PanelCall.BACKUP_UPLOAD, backup.toString());
            return records.upload(backup);
        }
    }

    @Override
    public void reportBackup(BackupId backup, BackupReport report) {
        synchronized (lock) {
            arrived(PanelCall.BACKUP_REPORT, backup.toString());
            records.backup(backup, report);
        }
    }

    @Override
    public void reportRestore(BackupId backup, boolean successful) {
        synchronized (lock) {
            arrived(PanelCall.RESTORE_REPORT, backup.toString());
            records.restore(backup, successful);
        }
    }

    @Override
    public SftpAuthority authorizeSftp(SftpLogin login) {
        synchronized (lock) {
            arrived(PanelCall.SFTP_LOGIN, login.username());
            return logins.authorize(
                    login, servers.values().stream().map(Entry::configuration).toList());
        }
    }

    /** Keeps what is about its servers and begins with {@code server:}, as panels do. */
    @Override
    public void reportActivity(List<ActivityEntry> entries) {
        synchronized (lock) {
            arrived(PanelCall.ACTIVITY, "");
            entries.stream()
                    .filter(entry ->
                            servers.containsKey(entry.server()) && entry.event().startsWith("server:"))
                    .forEach(records.activity::add);
        }
    }

    private <K, V> List<V> told(Map<K, List<V>> reports, K key) {
        synchronized (lock) {
            return List.copyOf(reports.getOrDefault(key, List.of()));
        }
    }

    private Entry entry(PanelCall call, ServerId server) {
        arrived(call, server.toString());
        var entry = servers.get(server);
        if (entry == null) {
            throw new NotFoundException("the panel has no server " + server + " on this node");
        }
        return entry;
    }

    private void arrived(PanelCall call, String subject) {
        records.asked(call, subject);
        if (away) {
            throw new UnavailableException("the panel is away");
        }
        var failure = failures.getOrDefault(call, new ArrayDeque<>()).poll();
        if (failure != null) {
            throw failure.get();
        }
    }
}
