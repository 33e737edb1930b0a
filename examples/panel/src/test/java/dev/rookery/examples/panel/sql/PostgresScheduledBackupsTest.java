package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.ScheduledBackupsContract;
import org.junit.jupiter.api.Tag;

/** Each task makes one backup, over PostgreSQL. */
@Tag("postgres")
class PostgresScheduledBackupsTest extends ScheduledBackupsContract {

    @Override
    protected PanelStore store() {
        return new SqlPanelStore(PostgresCluster.emptied());
    }
}
