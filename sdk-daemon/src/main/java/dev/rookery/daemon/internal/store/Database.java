package dev.rookery.daemon.internal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file behind one connection: a write-ahead log, flushed at each commit, so that what was committed survives a power cut. Work
 * is done one unit after another. Thread-safe.
 */
final class Database implements AutoCloseable {

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    static Database open(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        try {
            var connection = config.createConnection("jdbc:sqlite:" + file);
            connection.setAutoCommit(false);
            return new Database(connection);
        } catch (SQLException e) {
            throw new StoreException("cannot open " + file, e);
        }
    }

    /** Does some work in one transaction: all of it or nothing. */
    <T> T transaction(Work<T> work) {
        lock.lock();
        try {
            var result = work.run(this);
            connection.commit();
            return result;
        } catch (SQLException e) {
            rollBack(e);
            throw new StoreException("the daemon's store failed: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            rollBack(e);
            throw e;
        } finally {
            lock.unlock();
        }
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

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("the daemon's store cannot be closed", e);
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private void rollBack(Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
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
