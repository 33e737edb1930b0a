package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.spi.TransferRecord;
import dev.rookery.panel.spi.TransferStore;
import java.util.List;
import java.util.Optional;

/** Moves of servers in memory. */
public final class MemoryTransfers implements TransferStore {

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemoryTransfers(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<TransferRecord> latest(ServerId server) {
        synchronized (tables) {
            return tables.transfers.values().stream()
                    .filter(transfer -> transfer.server().equals(server))
                    .reduce((earlier, later) -> later);
        }
    }

    @Override
    public List<TransferRecord> running(NodeId node) {
        synchronized (tables) {
            return tables.transfers.values().stream()
                    .filter(transfer -> transfer.state() == TransferRecord.State.RUNNING && transfer.involves(node))
                    .toList();
        }
    }
}
