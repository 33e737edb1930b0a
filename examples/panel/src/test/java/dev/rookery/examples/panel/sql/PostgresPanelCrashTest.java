package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.PanelCrashContract;
import org.junit.jupiter.api.Tag;

/** No crash of a panel over PostgreSQL leaves anything half done. */
@Tag("postgres")
class PostgresPanelCrashTest extends PanelCrashContract {

    @Override
    protected PanelStore store() {
        return new SqlPanelStore(PostgresCluster.emptied());
    }
}
