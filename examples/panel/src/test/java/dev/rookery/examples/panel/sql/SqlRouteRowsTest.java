package dev.rookery.examples.panel.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The store of routes in SQLite. */
class SqlRouteRowsTest extends RouteRowsCases {

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void openDatabase() {
        database = Database.open(directory);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }

    @Override
    String place() {
        return directory.toString();
    }

    @Override
    String password() {
        return "";
    }
}
