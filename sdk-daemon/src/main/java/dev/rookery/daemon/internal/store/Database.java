package dev.rookery.daemon.internal.store;

import dev.rookery.kit.NamedThreads;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file behind one connection: a write-ahead log, flushed at each commit, so that what was committed survives a power cut. Work
 * of many callers waits in one line; a thread of its own takes all that waits, does it in one transaction with a savepoint for each, and
 * lets the callers go once that is on the disk. Thread-safe.
 */
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    /** How many pieces of work share one flush at most. */
    private static final int BATCH = 256;

    private final Connection connection;
    private final Thread thread;
    private final Object lock = new Object();
    private final ArrayDeque<Waiting<?>> line = new ArrayDeque<>();
    private boolean closed;
    /** Whether a transaction was begun. Used by the thread only. */
    private boolean open;

    private Database(Connection connection) {
        this.connection = connection;
        this.thread = NamedThreads.platform("rookery-store").newThread(this::work);
        thread.start();
    }

    static Database open(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        try {
            // Transactions are begun and ended by statements: the driver's own commit begins the next one, and when
            // that fails, nobody
            // can tell whether the commit did.
            return new Database(config.createConnection("jdbc:sqlite:" + file));
        } catch (SQLException e) {
            throw new StoreException("cannot open " + file, e);
        }
    }

    /**
     * Does some work: all of it or nothing, and on the disk when this returns. An interrupt does not end the wait: whether the work was
     * done would be unknown then.
     *
     * @param work may be done a second time if the first one was undone with that of others, so it keeps nothing outside of the database
     */
    <T> T transaction(Work<T> work) {
        var waiting = new Waiting<>(work);
        synchronized (lock) {
            if (closed) {
                throw new StoreException("the daemon's store is closed", null);
            }
            line.add(waiting);
            lock.notifyAll();
        }
        return waiting.outcome();
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        try (var statement = prepare(sql, values);
                var results = statement.executeQuery()) {
            var list = new ArrayList<T>();
            while (results.next()) {
                list.add(row.read(results));
            }
            return list;
        }
    }

    /** Does what waits already, then closes the file; what comes later fails. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("the daemon's store cannot be closed", e);
        }
    }

    /** For tests: returns how much work waits. */
    int waiting() {
        synchronized (lock) {
            return line.size();
        }
    }

    private void work() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            together(batch);
        }
    }

    /** Waits for work; returns nothing once it is closed and all is done. */
    private List<Waiting<?>> next() {
        synchronized (lock) {
            while (line.isEmpty() && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    LOG.warn("somebody interrupted the store's thread, which goes on", e);
                }
            }
            var batch = new ArrayList<Waiting<?>>();
            while (!line.isEmpty() && batch.size() < BATCH) {
                batch.add(line.remove());
            }
            return batch;
        }
    }

    private void together(List<Waiting<?>> batch) {
        if (batch.size() > 1) {
            try {
                begin();
                for (var waiting : batch) {
                    waiting.doWithin(this);
                }
                commit();
                batch.forEach(Waiting::finish);
                return;
            } catch (SQLException | RuntimeException | Error e) {
                // Whose fault it was is seen when each has a transaction of its own.
                LOG.debug("{} pieces of work could not be stored together", batch.size(), e);
                rollBack(e);
            }
        }
        batch.forEach(this::alone);
    }

    private void alone(Waiting<?> waiting) {
        try {
            begin();
            waiting.doIt(this);
            commit();
            waiting.finish();
        } catch (SQLException e) {
            rollBack(e);
            waiting.fail(new StoreException("the daemon's store failed: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            rollBack(e);
            waiting.fail(e);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The write lock at once: work that reads first must not be refused it later. */
    private void begin() throws SQLException {
        try {
            execute("BEGIN IMMEDIATE");
        } catch (SQLException e) {
            // The one before may still be open, if it could not be undone.
            open = true;
            rollBack(e);
            execute("BEGIN IMMEDIATE");
        }
        open = true;
    }

    private void commit() throws SQLException {
        execute("COMMIT");
        open = false;
    }

    private void rollBack(Throwable reason) {
        if (!open) {
            return;
        }
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite itself ends a transaction that fails for want of room.
            reason.addSuppressed(e);
        }
        open = false;
    }

    /** Some work, with what came of it. Its fields are the store thread's until the outcome is there. */
    private static final class Waiting<T> {

        private final Work<T> work;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable Throwable failure;

        Waiting(Work<T> work) {
            this.work = work;
        }

        /** Does it as a part of a transaction: what fails undoes itself and no more. */
        void doWithin(Database database) throws SQLException {
            database.execute("SAVEPOINT piece");
            try {
                doIt(database);
            } catch (RuntimeException e) {
                // Not an SQLException: after one, SQLite may have undone the whole transaction already.
                database.execute("ROLLBACK TO piece");
                failure = e;
            }
            database.execute("RELEASE piece");
        }

        void doIt(Database database) throws SQLException {
            failure = null;
            result = work.run(database);
        }

        void finish() {
            var reason = failure;
            if (reason == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(reason);
            }
        }

        void fail(Throwable reason) {
            outcome.completeExceptionally(reason);
        }

        T outcome() {
            try {
                return outcome.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                if (e.getCause() instanceof RuntimeException reason) {
                    throw reason;
                }
                throw new StoreException("the daemon's store failed", e.getCause());
            }
        }
    }

    /** Some work. */
    @FunctionalInterface
    interface Work<T> {
        T run(Database database) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
