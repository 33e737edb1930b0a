package dev.rookery.panel;

import dev.rookery.panel.internal.memory.MemoryEggs;
import dev.rookery.panel.internal.memory.MemoryNodes;
import dev.rookery.panel.internal.memory.MemoryOperations;
import dev.rookery.panel.internal.memory.MemorySchedules;
import dev.rookery.panel.internal.memory.MemoryServers;
import dev.rookery.panel.internal.memory.Tables;
import dev.rookery.panel.spi.EggStore;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ScheduleStore;
import dev.rookery.panel.spi.ServerStore;

/** A store that forgets everything with the process: for tests, and for a panel in an afternoon. Thread-safe. */
public final class InMemoryPanelStore implements PanelStore {

    private final NodeStore nodes;
    private final EggStore eggs;
    private final ServerStore servers;
    private final OperationStore operations;
    private final ScheduleStore schedules;

    /** Creates an empty store. */
    public InMemoryPanelStore() {
        var tables = new Tables();
        nodes = new MemoryNodes(tables);
        eggs = new MemoryEggs(tables);
        servers = new MemoryServers(tables);
        operations = new MemoryOperations(tables);
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
    public ScheduleStore schedules() {
        return schedules;
    }
}
