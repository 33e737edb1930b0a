package dev.rookery.examples.panel.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The panel's SQLite file, migrated to the newest schema when opened. Write-ahead logging lets the commands of {@code rookery-panel}
 * work beside a running panel; {@code synchronous=FULL} makes a commit durable.
 */
public final class Database implements AutoCloseable {

    private static final String FILE = "panel.db";
    private static final int BUSY_MILLIS = 10_000;
    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Opens the database of a data directory, creating both where missing.
     *
     * @throws UnavailableException if the directory cannot be used
     */
    public static Database open(Path directory) {
        try {
            Files.createDirectories(directory);
            if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UnavailableException("data directory '" + directory + "' cannot be used: " + e.getMessage(), e);
        }
        var sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        sqlite.setBusyTimeout(BUSY_MILLIS);
        sqlite.enforceForeignKeys(true);
        var source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + directory.resolve(FILE));
        var hikari = new HikariConfig();
        hikari.setDataSource(source);
        hikari.setMaximumPoolSize(CONNECTIONS);
        hikari.setPoolName("panel-db");
        var pool = new HikariDataSource(hikari);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/sqlite")
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(pool);
    }

    /** Returns the entry to the database. */
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }
}
