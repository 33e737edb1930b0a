package dev.rookery.panel;

import dev.rookery.panel.internal.memory.MemoryActivity;
import dev.rookery.panel.internal.memory.MemoryBackups;
import dev.rookery.panel.internal.memory.MemoryEggs;
import dev.rookery.panel.internal.memory.MemoryNodes;
import dev.rookery.panel.internal.memory.MemoryOperations;
import dev.rookery.panel.internal.memory.MemorySchedules;
import dev.rookery.panel.internal.memory.MemoryServers;
import dev.rookery.panel.internal.memory.MemoryTransfers;
import dev.rookery.panel.internal.memory.Tables;
import dev.rookery.panel.spi.ActivityStore;
import dev.rookery.panel.spi.BackupStore;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ScheduleStore;
import dev.rookery.panel.spi.ServerStore;
import dev.rookery.panel.spi.TransferStore;

/** A store that forgets everything with the process: for tests, and for a panel in an afternoon. Thread-safe. */
public final class InMemoryPanelStore implements PanelStore {

    private final NodeStore nodes;
    private final EggStore eggs;
    private final ServerStore servers;
    private final OperationStore operations;
    private final BackupStore backups;
    private final TransferStore transfers;
    private final ActivityStore activity;
    private final ScheduleStore schedules;

    /** Creates an empty store. */
    public InMemoryPanelStore() {
        var tables = new Tables();
        nodes = new MemoryNodes(tables);
        eggs = new MemoryEggs(tables);
        servers = new MemoryServers(tables);
        operations = new MemoryOperations(tables);
        backups = new MemoryBackups(tables);
        transfers = new MemoryTransfers(tables);
        activity = new MemoryActivity(tables);
        schedules = new MemorySchedules(tables);
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
