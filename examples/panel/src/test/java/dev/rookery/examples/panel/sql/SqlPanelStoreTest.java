package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.PanelStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The SQL store keeps the contract of the panel's store. */
class SqlPanelStoreTest extends PanelStoreContract {

    @TempDir
    Path directory;

    private Database database;

    @Override
    protected PanelStore emptyStore() {
        database = Database.open(directory);
        return new SqlPanelStore(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }
}
