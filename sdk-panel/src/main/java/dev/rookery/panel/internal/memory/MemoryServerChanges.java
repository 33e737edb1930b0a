package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.internal.memory.Tables.Slot;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelServer.Life;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerChange.Begin;
import dev.rookery.panel.spi.ServerChange.End;
import dev.rookery.panel.spi.ServerChange.ForgetBackup;
import dev.rookery.panel.spi.ServerChange.KeepBackup;
import dev.rookery.panel.spi.ServerChange.KeepTransfer;
import dev.rookery.panel.spi.ServerChange.Move;
import dev.rookery.panel.spi.ServerChange.Release;
import dev.rookery.panel.spi.ServerChange.Reserve;
import dev.rookery.panel.spi.ServerChange.Specify;
import dev.rookery.panel.spi.ServerChange.Status;
import dev.rookery.panel.spi.ServerChange.Suspension;
import dev.rookery.panel.spi.TransferRecord;
import dev.rookery.panel.spi.TransferStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes servers as they were seen. The caller holds the monitor of the tables. */
final class MemoryServerChanges {

    private final Tables tables;
    private final ServerId server;

    private MemoryServerChanges(Tables tables, ServerId server) {
        this.tables = tables;
        this.server = server;
    }

    static boolean apply(Tables tables, PanelServer seen, List<ServerChange> changes) {
        var present = tables.servers.get(seen.id());
        if (present == null || present.version() != seen.version()) {
            return false;
        }
        // What may be refused comes first, so that nothing was changed then.
        for (var change : changes) {
            if (change instanceof Reserve reserve) {
                MemoryServers.free(tables, seen.id(), reserve.node(), reserve.allocations());
            } else if (change instanceof Specify specify) {
                MemoryServers.requireFreeName(tables, seen.id(), specify.spec().name());
            }
        }
        var applied = new MemoryServerChanges(tables, seen.id());
        changes.forEach(applied::apply);
        var changed = tables.server(seen.id());
        tables.servers.put(
                seen.id(),
                PanelServer.builder()
                        .from(changed)
                        .version(present.version() + 1)
                        .build());
        return true;
    }

    private void apply(ServerChange change) {
        if (change instanceof Status status) {
            var life = present().life();
            tables.life(
                    present(),
                    new Life(
                            status.to(),
                            status.reason(),
                            life.suspended(),
                            life.state(),
                            life.stateAt(),
                            life.installedAt()));
        } else if (change instanceof Suspension suspension) {
            var life = present().life();
            tables.life(present(), MemoryServers.suspended(life, suspension.suspended()));
        } else if (change instanceof Specify specify) {
            tables.servers.put(
                    server,
                    PanelServer.builder().from(present()).spec(specify.spec()).build());
        } else if (change instanceof Begin begin) {
            begin(begin.operation());
        } else if (change instanceof End end) {
            tables.operations.values().removeIf(operation -> operation.id().equals(end.operation()));
        } else if (change instanceof KeepBackup keep) {
            tables.backups.put(keep.backup().id(), keep.backup());
        } else if (change instanceof ForgetBackup forget) {
            tables.backups.remove(forget.backup());
        } else if (change instanceof KeepTransfer keep) {
            keep(keep.transfer());
        } else if (change instanceof Reserve reserve) {
            MemoryServers.free(tables, server, reserve.node(), reserve.allocations())
                    .forEach(allocation -> tables.allocations.put(allocation.id(), allocation));
            reserve.allocations().stream().findFirst().ifPresent(primary -> tables.primaries.put(primary, server));
        } else if (change instanceof Release release) {
            tables.release(allocation -> allocation.node().equals(release.node())
                    && allocation.server().equals(Optional.of(server)));
        } else if (change instanceof Move move) {
            move(move.to());
        }
    }

    private void keep(TransferRecord transfer) {
        tables.transfers.put(transfer.id(), transfer);
        var all = tables.transfers.values().stream()
                .filter(present -> present.server().equals(server))
                .toList();
        all.stream()
                .limit(Math.max(0, all.size() - TransferStore.KEPT))
                .filter(old -> old.state() != TransferRecord.State.RUNNING)
                .forEach(old -> tables.transfers.remove(old.id()));
    }

    private void begin(NewOperation operation) {
        var slot = new Slot(server, operation.slot());
        var lease = Optional.ofNullable(tables.operations.get(slot)).flatMap(Operation::lease);
        tables.operations.put(
                slot,
                Operation.builder().from(Operation.of(operation)).lease(lease).build());
    }

    private void move(NodeId to) {
        var there = new ArrayList<AllocationRecord>();
        for (var allocation : tables.allocations.values()) {
            if (allocation.node().equals(to) && allocation.server().equals(Optional.of(server))) {
                boolean primary = server.equals(tables.primaries.get(allocation.id()));
                there.add(primary ? 0 : there.size(), allocation);
            }
        }
        var before = present();
        tables.servers.put(
                server,
                new PanelServer(
                        server,
                        before.number(),
                        to,
                        before.owner(),
                        before.spec(),
                        there,
                        before.life(),
                        before.createdAt(),
                        before.version()));
    }

    private PanelServer present() {
        return tables.server(server);
    }
}
