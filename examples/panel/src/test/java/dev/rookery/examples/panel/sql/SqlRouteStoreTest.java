package dev.rookery.examples.panel.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.testing.proxy.RouteStoreContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

        @Test
        void readsADocumentOnceHoweverOftenItIsAskedFor() {
            var store = open();
            store.commit(store.head().etag(), ProxyDocument.EMPTY, new ChangeNote("anna", "first", Instant.EPOCH));
            var statements = new ArrayList<String>();
            var reader = open();
            database().jdbi().setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext statement) {
                    statements.add(statement.getRenderedSql());
                }
            });
            for (int i = 0; i < 5; i++) {
                reader.head();
            }

            assertThat(statements).filteredOn(sql -> sql.contains("document")).hasSize(1);
            assertThat(statements).hasSize(6);
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
