package dev.rookery.examples.panel.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.rookery.api.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The panel's database, migrated to the newest schema when opened: a SQLite file for one panel, or a PostgreSQL database for one or
 * several. What is committed is durable in both.
 */
public final class Database implements AutoCloseable {

    private static final String FILE = "panel.db";
    private static final int BUSY_MILLIS = 10_000;
    private static final int SQLITE_CONNECTIONS = 4;
    private static final int POSTGRES_CONNECTIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(30));

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Dialect dialect;
    private final RouteLocks routeLocks;

    private final Clock clock;

    /**
     * How long is waited for PostgreSQL.
     *
     * @param statement for the end of a statement, after which the server ends it
     * @param silence for anything from the server, after which it counts as away; longer, so that a busy server does not
     */
    record Limits(Duration statement, Duration silence) {}

    private Database(HikariDataSource pool, Dialect dialect, RouteLocks routeLocks) {
        this.pool = pool;
        this.dialect = dialect;
        this.routeLocks = routeLocks;
        this.jdbi = Jdbi.create(() -> {
            try {
                return pool.getConnection();
            } catch (SQLException e) {
                throw new UnavailableException("the database gave no connection: " + e.getMessage(), e);
            }
        });
        this.clock = dialect == Dialect.POSTGRESQL ? new DatabaseClock(this::now) : Clock.systemUTC();
    }

    /**
     * Opens the SQLite file of a data directory, creating both where missing. Write-ahead logging lets the commands of {@code
     * rookery-panel} work beside a running panel; {@code synchronous=FULL} makes a commit durable.
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
        hikari.setMaximumPoolSize(SQLITE_CONNECTIONS);
        return migrated(hikari, Dialect.SQLITE, new FileRouteLocks(directory));
    }

    /**
     * Connects to a PostgreSQL database, which several panels may share.
     *
     * @param url such as {@code jdbc:postgresql://db.example.org:5432/panel?user=panel}; it must not have a password
     * @param password of the user; empty leaves it to the driver, which reads {@code ~/.pgpass}, or to the server, which may want none
     * @throws dev.rookery.api.InvalidInputException if the URL is none, or has a password
     * @throws UnavailableException if the database cannot be reached
     */
    public static Database connect(String url, Optional<String> password) {
        return connect(url, password, LIMITS);
    }

    static Database connect(String url, Optional<String> password, Limits limits) {
        var hikari = new HikariConfig();
        hikari.setJdbcUrl(PostgresUrl.checked(url));
        password.ifPresent(hikari::setPassword);
        hikari.addDataSourceProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
        hikari.addDataSourceProperty(
                "socketTimeout", Long.toString(limits.silence().toSeconds()));
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        hikari.addDataSourceProperty("ApplicationName", "rookery-panel");
        hikari.setMaximumPoolSize(POSTGRES_CONNECTIONS);
        hikari.setMinimumIdle(1);
        hikari.setConnectionTimeout(PATIENCE.toMillis());
        // A panel that dies within a transaction blocks the others no longer than this, whatever becomes of its
        // connection.
        hikari.setConnectionInitSql("SET idle_in_transaction_session_timeout = '15s'; SET lock_timeout = '10s';"
                + " SET statement_timeout = '" + limits.statement().toMillis() + "ms'");
        var database = migrated(hikari, Dialect.POSTGRESQL, new PostgresRouteLocks(() -> alone(hikari)));
        database.jdbi.setTransactionHandler(new RepeatedTransactions());
        return database;
    }

    /** Returns the entry to the database. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** Returns the time that everybody has who uses this database. */
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        if (clock instanceof DatabaseClock shared) {
            shared.close();
        }
        pool.close();
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns the locks of the proxy's routes. */
    RouteLocks routeLocks() {
        return routeLocks;
    }

    /** A connection beside the pool: it lasts as long as what it is for, and the pool's may all be in use by those who wait for that. */
    private static Connection alone(HikariConfig hikari) throws SQLException {
        var properties = new Properties();
        properties.putAll(hikari.getDataSourceProperties());
        properties.put("ApplicationName", "rookery-panel-lock");
        if (hikari.getPassword() != null) {
            properties.put("password", hikari.getPassword());
        }
        return DriverManager.getConnection(hikari.getJdbcUrl(), properties);
    }

    private static Database migrated(HikariConfig hikari, Dialect dialect, RouteLocks routeLocks) {
        hikari.setPoolName("panel-db");
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(hikari);
        } catch (PoolInitializationException e) {
            throw new UnavailableException("the database cannot be reached: " + e.getMessage(), e);
        }
        try {
            migrations(hikari, pool)
                    .locations(dialect.migrations())
                    // Each part of the panel numbers its scripts in a range of its own.
                    .outOfOrder(true)
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(pool, dialect, routeLocks);
    }

    /** A change of the schema may take as long as it takes; those limits are of the pool's connections. */
    private static FluentConfiguration migrations(HikariConfig hikari, HikariDataSource pool) {
        var url = hikari.getJdbcUrl();
        return url == null
                ? Flyway.configure().dataSource(pool)
                : Flyway.configure().dataSource(url, null, hikari.getPassword());
    }

    private Instant now() {
        return jdbi.withHandle(handle -> Instant.ofEpochMilli(
                handle.select("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
                        .mapTo(Long.class)
                        .one()));
    }
}
