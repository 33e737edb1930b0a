package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.ScheduledBackupsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Each task makes one backup, over SQLite. */
@SuppressWarnings("NullAway.Init") // JUnit opens the database before the first test
class SqlScheduledBackupsTest extends ScheduledBackupsContract {

    private static Database database;

    @BeforeAll
    static void openDatabase(@TempDir Path directory) {
        database = Database.open(directory);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Override
    protected PanelStore store() {
        return new SqlPanelStore(database);
    }
}
