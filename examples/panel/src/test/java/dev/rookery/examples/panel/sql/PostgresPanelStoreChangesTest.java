package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.PanelStoreChangesContract;
import org.junit.jupiter.api.Tag;

/** The SQL store keeps the contract of changes on PostgreSQL, too. */
@Tag("postgres")
class PostgresPanelStoreChangesTest extends PanelStoreChangesContract {

    @Override
    protected PanelStore emptyStore() {
        return new SqlPanelStore(PostgresCluster.emptied());
    }
}
