package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.PanelReplicasContract;
import org.junit.jupiter.api.Tag;

/** Two panels over PostgreSQL, one of which is killed, do everything once. */
@Tag("postgres")
class PostgresPanelReplicasTest extends PanelReplicasContract {

    @Override
    protected PanelStore store() {
        return new SqlPanelStore(PostgresCluster.emptied());
    }
}
