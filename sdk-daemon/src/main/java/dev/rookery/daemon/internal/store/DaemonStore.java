package dev.rookery.daemon.internal.store;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.StateChange;
import dev.rookery.daemon.internal.console.NumberedLine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the daemon must not forget: servers with their configuration and state, running installations, and reports that the panel has not
 * taken yet. What a method has written when it returns survives a power cut. Thread-safe.
 */
public final class DaemonStore implements AutoCloseable {

    private static final int ACTIVITY_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(DaemonStore.class);

    private final Database database;

    private DaemonStore(Database database) {
        this.database = database;
    }

    /** Opens or creates {@code rookery.db} in an existing directory. */
    public static DaemonStore open(Path directory) {
        var database = Database.open(directory.resolve("rookery.db"));
        try {
            Schema.apply(database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return new DaemonStore(database);
    }

    /** Returns what happened and the panel has not taken yet: the newest {@value #ACTIVITY_MAX} entries. */
    public ActivityStore activity() {
        return new ActivityStore(database, ACTIVITY_MAX);
    }

    /** Returns the files that come in pieces. */
    public UploadStore uploads() {
        return new UploadStore(database);
    }

    /** Returns what the node does with files. */
    public JobStore jobs() {
        return new JobStore(database);
    }

    /** Returns which projects of the file system servers' files belong to. */
    public ProjectStore projects() {
        return new ProjectStore(database);
    }

    /** Returns every server; a row that cannot be read does not keep the others away. */
    public Servers servers() {
        return database.transaction(db -> {
            var servers = new ArrayList<StoredServer>();
            var unreadable = new ArrayList<UnreadableServer>();
            db.query("SELECT * FROM servers", row -> {
                try {
                    return servers.add(StoredServer.read(row));
                } catch (SQLException | RuntimeException e) {
                    var id = String.valueOf(row.getString("uuid"));
                    return unreadable.add(new UnreadableServer(id, String.valueOf(e.getMessage())));
                }
            });
            return new Servers(servers, unreadable);
        });
    }

    /** Adds a server; returns false if it is there already. */
    public boolean add(ServerId server, ServerConfiguration configuration, StoredState state) {
        return add(server, WireJson.writeText(configuration), state);
    }

    /** Adds a server whose configuration nobody can read, and which is read as such; returns false if it is there already. */
    public boolean addUnreadable(ServerId server, StoredState state) {
        return add(server, "", state);
    }

    private boolean add(ServerId server, String configuration, StoredState state) {
        return database.transaction(db -> {
            int added = db.update(
                    "INSERT OR IGNORE INTO servers (uuid, configuration, phase, next, epoch, killed, suspended,"
                            + " crash_detection) VALUES (?, ?, 'OFFLINE', 'NONE', 0, 0, 0, 0)",
                    server.toString(),
                    configuration);
            if (added > 0) {
                save(db, server, state);
            }
            return added > 0;
        });
    }

    /** Keeps a server's new state, and with it, all or nothing, what the panel is to be told. */
    public void keep(ServerId server, StoredState state, List<OutboxEntry> reports) {
        database.transaction(db -> {
            save(db, server, state);
            tell(db, server, reports);
            return true;
        });
    }

    /** Forgets a server; what the panel is to be told of its installation stays. */
    public void forget(ServerId server, List<OutboxEntry> reports) {
        database.transaction(db -> {
            tell(db, server, reports);
            db.update("DELETE FROM installs WHERE uuid = ?", server.toString());
            db.update("DELETE FROM servers WHERE uuid = ?", server.toString());
            return db.update("DELETE FROM outbox WHERE uuid = ? AND kind = 'state'", server.toString());
        });
    }

    /** Keeps the panel's newest configuration of a server. */
    public void saveConfiguration(ServerId server, ServerConfiguration configuration) {
        database.transaction(db -> db.update(
                "UPDATE servers SET configuration = ? WHERE uuid = ?",
                WireJson.writeText(configuration),
                server.toString()));
    }

    /** Keeps which container is the server's, and the last line number given before it. */
    public void saveContainer(ServerId server, String container, long base) {
        database.transaction(db -> db.update(
                "UPDATE servers SET container = ?, console_base = ? WHERE uuid = ?",
                container,
                base,
                server.toString()));
    }

    /** Keeps the last lines of consoles. */
    public void saveTails(Map<ServerId, List<NumberedLine>> tails) {
        database.transaction(db -> {
            for (var tail : tails.entrySet()) {
                db.update(
                        "UPDATE servers SET console_tail = ? WHERE uuid = ?",
                        StoredServer.writeTail(tail.getValue()),
                        tail.getKey().toString());
            }
            return true;
        });
    }

    /** Returns whether the daemon was closed in order the last time, and takes note that it runs now. */
    public boolean takeCleanMark() {
        return database.transaction(db -> db.update("DELETE FROM marks WHERE name = 'clean'") > 0);
    }

    /** Takes note that everything was written. */
    public void setCleanMark() {
        database.transaction(db -> db.update("INSERT OR IGNORE INTO marks (name) VALUES ('clean')"));
    }

    /** Returns how far the installation of a server has come, empty if it has not begun. */
    public Optional<InstallProgress> install(ServerId server) {
        return database
                .transaction(db -> db.query(
                        "SELECT * FROM installs WHERE uuid = ?",
                        row -> {
                            var script = row.getString("script");
                            return new InstallProgress(
                                    InstallProgress.Step.valueOf(row.getString("step")),
                                    Optional.ofNullable(script).map(text -> WireJson.read(text, InstallScript.class)),
                                    Optional.ofNullable(row.getString("container")),
                                    Instant.ofEpochMilli(row.getLong("deadline")));
                        },
                        server.toString()))
                .stream()
                .findFirst();
    }

    /** Returns whether an installation of the server was begun, readable or not. */
    public boolean installs(ServerId server) {
        return !database.transaction(db -> db.query(
                        "SELECT uuid FROM installs WHERE uuid = ?", row -> row.getString("uuid"), server.toString()))
                .isEmpty();
    }

    /** Keeps how far the installation of a server has come. */
    public void saveInstall(ServerId server, InstallProgress progress) {
        database.transaction(db -> db.update(
                "INSERT OR REPLACE INTO installs (uuid, step, script, container, deadline) VALUES (?, ?, ?, ?, ?)",
                server.toString(),
                progress.step().name(),
                progress.script().map(WireJson::writeText).orElse(null),
                progress.container().orElse(null),
                progress.deadline().toEpochMilli()));
    }

    /** Returns the oldest report of each server that the panel has not taken all reports of. */
    public List<Waiting> outboxHeads() {
        return database
                .transaction(db -> db.query(
                        "SELECT uuid, MIN(id) AS id FROM outbox GROUP BY uuid ORDER BY id",
                        row -> head(row.getLong("id"), String.valueOf(row.getString("uuid")))))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** One row that makes no sense must not keep the reports of all other servers. */
    private static Optional<Waiting> head(long id, String server) {
        try {
            return Optional.of(new Waiting(id, ServerId.parse(server)));
        } catch (InvalidInputException e) {
            LOG.debug("the stored report {} is about nobody: '{}'", id, server);
            return Optional.empty();
        }
    }

    /** Returns a report, empty if the panel has taken it or a newer one took its place. */
    public Optional<Report> report(long id) {
        return database
                .transaction(db -> db.query(
                        "SELECT id, uuid, kind, payload FROM outbox WHERE id = ?",
                        row -> new Report(
                                row.getLong("id"),
                                ServerId.parse(row.getString("uuid")),
                                row.getString("kind"),
                                row.getString("payload")),
                        id))
                .stream()
                .findFirst();
    }

    /** Forgets a report that the panel has taken. */
    public void taken(Report report) {
        database.transaction(
                db -> db.update("DELETE FROM outbox WHERE id = ? AND payload = ?", report.id(), report.payload()));
    }

    @Override
    public void close() {
        database.close();
    }

    private static void tell(Database db, ServerId server, List<OutboxEntry> reports) throws SQLException {
        for (var report : reports) {
            if (report instanceof OutboxEntry.State state) {
                reportState(db, server, state.change());
            } else if (report instanceof OutboxEntry.Installed installed) {
                db.update("DELETE FROM installs WHERE uuid = ?", server.toString());
                db.update(
                        "INSERT INTO outbox (uuid, kind, payload) VALUES (?, 'install', ?)",
                        server.toString(),
                        WireJson.writeText(installed.report()));
            }
        }
    }

    private static void save(Database db, ServerId server, StoredState state) throws SQLException {
        db.update(
                "UPDATE servers SET phase = ?, next = ?, epoch = ?, killed = ?, suspended = ?, transferring = ?,"
                        + " crash_detection = ?, last_crash = ?, reinstall = ?, start_after = ?, stop_deadline = ? WHERE uuid = ?",
                state.phase(),
                state.next(),
                state.epoch(),
                state.killed(),
                state.suspended(),
                state.transferring(),
                state.crashDetection(),
                millis(state.lastCrash()),
                state.reinstall(),
                state.reinstall() == null ? null : state.startAfter(),
                millis(state.stopDeadline()),
                server.toString());
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    /** The latest state wins; what it was before is what the panel was told last. */
    private static void reportState(Database db, ServerId server, StateChange change) throws SQLException {
        var previous = db
                .query(
                        "SELECT payload FROM outbox WHERE uuid = ? AND kind = 'state'",
                        row -> previous(String.valueOf(row.getString("payload"))),
                        server.toString())
                .stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(change.previousState());
        db.update("DELETE FROM outbox WHERE uuid = ? AND kind = 'state'", server.toString());
        db.update(
                "INSERT INTO outbox (uuid, kind, payload) VALUES (?, 'state', ?)",
                server.toString(),
                WireJson.writeText(new StateChange(previous, change.newState())));
    }

    /** What cannot be read any more must not keep the server from changing its state. */
    private static Optional<ServerState> previous(String payload) {
        try {
            return Optional.of(WireJson.read(payload, StateChange.class).previousState());
        } catch (InvalidInputException e) {
            LOG.warn("a stored report cannot be read, a newer one takes its place: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Everything in the table of servers.
     *
     * @param servers the servers
     * @param unreadable rows that do not even say which server they are about
     */
    public record Servers(List<StoredServer> servers, List<UnreadableServer> unreadable) {

        /** Copies both. */
        public Servers {
            servers = List.copyOf(servers);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * A report that waits.
     *
     * @param id its place in the order, never used again
     * @param server which server it is about
     */
    public record Waiting(long id, ServerId server) {}

    /**
     * Something the panel is to be told.
     *
     * @param id its place in the order
     * @param server which server it is about
     * @param kind {@code install} or {@code state}
     * @param payload the report as JSON
     */
    public record Report(long id, ServerId server, String kind, String payload) {}
}
