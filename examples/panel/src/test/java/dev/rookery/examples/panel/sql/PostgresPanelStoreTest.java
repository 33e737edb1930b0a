package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.PanelStoreContract;
import org.junit.jupiter.api.Tag;

/** The SQL store keeps the contract of the panel's store on PostgreSQL, too. */
@Tag("postgres")
class PostgresPanelStoreTest extends PanelStoreContract {

    @Override
    protected PanelStore emptyStore() {
        return new SqlPanelStore(PostgresCluster.emptied());
    }
}
