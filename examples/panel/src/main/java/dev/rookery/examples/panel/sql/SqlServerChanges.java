package dev.rookery.examples.panel.sql;

import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.PanelServer;
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
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Changes servers as they were seen: the version says whether they still are. */
final class SqlServerChanges {

    private SqlServerChanges() {}

    static boolean apply(Handle handle, PanelServer seen, List<ServerChange> changes) {
        var id = seen.id();
        int present = handle.execute(
                "UPDATE servers SET version = version + 1 WHERE uuid = ? AND version = ?",
                id.toString(),
                seen.version());
        if (present > 0) {
            changes.forEach(change -> apply(handle, id, change));
        }
        return present > 0;
    }

    private static void apply(Handle handle, ServerId id, ServerChange change) {
        if (change instanceof Status status) {
            handle.execute(
                    "UPDATE servers SET status = ?, reason = ? WHERE uuid = ?",
                    status.to().name(),
                    status.reason().orElse(null),
                    id.toString());
        } else if (change instanceof Suspension suspension) {
            handle.execute("UPDATE servers SET suspended = ? WHERE uuid = ?", suspension.suspended(), id.toString());
        } else if (change instanceof Specify specify) {
            SqlServers.specify(handle, id, specify.spec());
        } else if (change instanceof Begin begin) {
            begin(handle, begin.operation());
        } else if (change instanceof End end) {
            handle.execute(
                    "DELETE FROM operations WHERE id = ?", end.operation().toString());
        } else if (change instanceof KeepBackup keep) {
            SqlBackups.keep(handle, keep.backup());
        } else if (change instanceof ForgetBackup forget) {
            handle.execute("DELETE FROM backups WHERE id = ?", forget.backup().toString());
        } else if (change instanceof KeepTransfer keep) {
            keep(handle, keep.transfer());
        } else if (change instanceof Reserve reserve) {
            SqlServers.take(handle, id, reserve.node(), reserve.allocations());
        } else if (change instanceof Release release) {
            handle.execute(
                    "UPDATE allocations SET server_uuid = NULL, is_primary = ? WHERE server_uuid = ? AND node_id = ?",
                    false,
                    id.toString(),
                    release.node().value());
        } else if (change instanceof Move move) {
            handle.execute(
                    "UPDATE servers SET node_id = ? WHERE uuid = ?", move.to().value(), id.toString());
        }
    }

    private static void begin(Handle handle, NewOperation operation) {
        var lease = SqlOperations.inSlot(handle, operation.server(), operation.slot())
                .flatMap(Operation::lease);
        handle.execute(
                "DELETE FROM operations WHERE server_uuid = ? AND slot = ?",
                operation.server().toString(),
                operation.slot());
        SqlOperations.insert(
                handle,
                Operation.builder().from(Operation.of(operation)).lease(lease).build());
    }

    private static void keep(Handle handle, TransferRecord transfer) {
        handle.createUpdate("INSERT INTO transfers (id, server_uuid, from_node, to_node, running, created_at, document)"
                        + " VALUES (:id, :server, :from, :to, :running, :createdAt, :document)"
                        + " ON CONFLICT (id) DO UPDATE SET running = excluded.running, document = excluded.document")
                .bind("id", transfer.id().toString())
                .bind("server", transfer.server().toString())
                .bind("from", transfer.source().value())
                .bind("to", transfer.destination().value())
                .bind("running", transfer.state() == TransferRecord.State.RUNNING)
                .bind("createdAt", transfer.createdAt().toEpochMilli())
                .bind("document", WireJson.writeText(transfer))
                .execute();
        handle.execute(
                "DELETE FROM transfers WHERE server_uuid = ? AND NOT running AND number NOT IN"
                        + " (SELECT number FROM transfers WHERE server_uuid = ? ORDER BY number DESC LIMIT ?)",
                transfer.server().toString(),
                transfer.server().toString(),
                TransferStore.KEPT);
    }
}
