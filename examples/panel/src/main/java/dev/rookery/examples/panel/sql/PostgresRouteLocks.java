package dev.rookery.examples.panel.sql;

import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import dev.rookery.proxy.store.StoreLock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Advisory locks of a PostgreSQL server, each by a connection of its own: the server gives one back when its connection has ended, and only then, so that a
 * panel that stands still keeps what it has. A panel whose connection is lost learns of it when it wants to keep what it has done: each holder has a number, and
 * only the newest is good.
 */
final class PostgresRouteLocks implements RouteLocks {

    /** The server's answer to who has waited long enough. */
    private static final String LOCK_TIMEOUT = "55P03";
    /** So long at most is waited at a time, so that an interrupt is seen. */
    private static final long SLICE_MILLIS = 500;

    private final Connections connections;
    private final Map<Holder, Long> held = new ConcurrentHashMap<>();

    /** A lock is held by a thread: who waits for the same one in this panel has another number, if the first was lost. */
    private record Holder(String name, Thread thread) {

        static Holder of(String name) {
            return new Holder(name, Thread.currentThread());
        }
    }

    /** Makes a connection that nobody else uses. */
    @FunctionalInterface
    interface Connections {
        Connection open() throws SQLException;
    }

    PostgresRouteLocks(Connections connections) {
        this.connections = connections;
    }

    @Override
    public StoreLock take(String name, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Connection connection = null;
        try {
            connection = connections.open();
            // So that a machine that has vanished gives back what it had, within half a minute.
            run(
                    connection,
                    "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
            while (!taken(connection, name, end)) {
                if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                    throw new StoreException(
                            Problem.LOCKED,
                            name + " is held by " + holder(connection, name) + " (expected: that it ends soon)");
                }
            }
            var holder = Holder.of(name);
            held.put(holder, numbered(connection, name));
            var lock = new Held(holder, connection);
            connection = null;
            return lock;
        } catch (SQLException e) {
            throw new StoreException(Problem.UNAVAILABLE, "the database gave no lock: " + e.getMessage(), e);
        } finally {
            close(connection);
        }
    }

    @Override
    public void requireHeld(Handle handle, String name) {
        var mine = held.get(Holder.of(name));
        if (mine == null) {
            return;
        }
        boolean newest = handle.select("SELECT fence FROM proxy_locks WHERE name = ?", name)
                .mapTo(Long.class)
                .findOne()
                .filter(mine::equals)
                .isPresent();
        if (!newest) {
            throw new StoreException(
                    Problem.LOCKED,
                    name + " was lost with its connection, and somebody else has it now (expected: to try again)");
        }
    }

    private static boolean taken(Connection connection, String name, long end) throws SQLException {
        long left = Math.max(1, Math.min(SLICE_MILLIS, (end - System.nanoTime()) / 1_000_000));
        run(connection, "SET lock_timeout = " + left);
        try (var statement = connection.prepareStatement("SELECT pg_advisory_lock(?)")) {
            statement.setLong(1, key(name));
            statement.execute();
            return true;
        } catch (SQLException e) {
            if (LOCK_TIMEOUT.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static long numbered(Connection connection, String name) throws SQLException {
        try (var statement =
                connection.prepareStatement("INSERT INTO proxy_locks (name, fence, holder) VALUES (?, 1, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET fence = proxy_locks.fence + 1, holder = excluded.holder"
                        + " RETURNING fence")) {
            statement.setString(1, name);
            var process = ProcessHandle.current();
            statement.setString(
                    2,
                    "process " + process.pid()
                            + process.info()
                                    .startInstant()
                                    .map(at -> " started " + at)
                                    .orElse(""));
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static String holder(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT holder FROM proxy_locks WHERE name = ?")) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? "another panel or thread (" + rows.getString(1) + ")" : "another panel";
            }
        }
    }

    /** The server knows locks by numbers, which all that use the database share. */
    private static long key(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(("rookery proxy " + name).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The server gives back what the connection had, also if this is all that it hears. */
    private static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException ignored) {
            // Its end was lost, and so is the connection.
        }
    }

    /** A lock that is held. */
    private final class Held implements StoreLock {

        private final Holder holder;
        private final Connection connection;
        private boolean closed;

        Held(Holder holder, Connection connection) {
            this.holder = holder;
            this.connection = connection;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                held.remove(holder);
                PostgresRouteLocks.close(connection);
            }
        }
    }
}
