package dev.rookery.examples.panel.sql;

import dev.rookery.panel.spi.ActivityStore;
import dev.rookery.panel.spi.BackupStore;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ScheduleStore;
import dev.rookery.panel.spi.ServerStore;
import dev.rookery.panel.spi.TransferStore;

/**
 * Everything sdk-panel keeps, in the panel's database. What a method checks still holds when it writes: in SQLite a transaction takes
 * the write lock at its beginning ({@code BEGIN IMMEDIATE}), in PostgreSQL it is serializable and repeated where another came first.
 * Methods that only read see what is committed. Thread-safe.
 */
public final class SqlPanelStore implements PanelStore {

    private final NodeStore nodes;
    private final EggStore eggs;
    private final ServerStore servers;
    private final OperationStore operations;
    private final BackupStore backups;
    private final TransferStore transfers;
    private final ActivityStore activity;
    private final ScheduleStore schedules;

    /** Creates the store over a migrated database. */
    public SqlPanelStore(Database database) {
        var jdbi = database.jdbi();
        nodes = new SqlNodes(jdbi);
        eggs = new SqlEggs(jdbi);
        servers = new SqlServers(jdbi);
        operations = new SqlOperations(jdbi, database.dialect());
        backups = new SqlBackups(jdbi);
        transfers = new SqlTransfers(jdbi);
        activity = new SqlActivity(jdbi);
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
    public BackupStore backups() {
        return backups;
    }

    @Override
    public TransferStore transfers() {
        return transfers;
    }

    @Override
    public ActivityStore activity() {
        return activity;
    }

    @Override
    public ScheduleStore schedules() {
        return schedules;
    }
}
