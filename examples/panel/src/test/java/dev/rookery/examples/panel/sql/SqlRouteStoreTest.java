package dev.rookery.examples.panel.sql;

import dev.rookery.proxy.store.RouteStore;
import dev.rookery.testing.proxy.RouteStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The store of routes keeps its contract in both databases. */
class SqlRouteStoreTest {

    @Nested
    class InSqlite extends RouteStoreContract {

        @TempDir
        Path directory;

        private Database database;

        // Before the contract opens its first store.
        private Database database() {
            if (database == null) {
                database = Database.open(directory);
            }
            return database;
        }

        @Override
        protected RouteStore open() {
            return new SqlRouteStore(database());
        }

        @AfterEach
        void closeDatabase() {
            database().close();
        }
    }

    @Nested
    @Tag("postgres")
    class InPostgres extends RouteStoreContract {

        private Database database;

        @Override
        protected RouteStore open() {
            if (database == null) {
                database = PostgresCluster.emptied();
            }
            return new SqlRouteStore(database);
        }
    }
}
