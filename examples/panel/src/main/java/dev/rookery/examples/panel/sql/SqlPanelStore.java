package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ScheduleStore;
import dev.rookery.panel.spi.ServerStore;

/**
 * Everything sdk-panel keeps, in the panel's database. Each method is one transaction that takes the write lock at its beginning
 * ({@code BEGIN IMMEDIATE}), so that what it checks still holds when it writes. Thread-safe.
 */
public final class SqlPanelStore implements PanelStore {

    private final NodeStore nodes;
    private final EggStore eggs;
    private final ServerStore servers;
    private final OperationStore operations;
    private final ScheduleStore schedules;

    /** Creates the store over a migrated database. */
    public SqlPanelStore(Database database) {
        var jdbi = database.jdbi();
        nodes = new SqlNodes(jdbi);
        eggs = new SqlEggs(jdbi);
        servers = new SqlServers(jdbi);
        operations = new SqlOperations(jdbi, database.dialect());
        schedules = new SqlSchedules(jdbi, database.dialect());
    }

    @Override
    public NodeStore nodes() {
        return nodes;
    }

    @Override
    public EggStore eggs() {
        return eggs;
    }

    @Override
    public ServerStore servers() {
        return servers;
    }

    @Override
    public OperationStore operations() {
        return operations;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }
}
