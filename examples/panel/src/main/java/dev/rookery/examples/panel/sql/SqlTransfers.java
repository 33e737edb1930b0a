package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.panel.spi.TransferRecord;
import dev.rookery.panel.spi.TransferStore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Moves of servers in the database. */
final class SqlTransfers implements TransferStore {

    private final Jdbi jdbi;

    SqlTransfers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<TransferRecord> latest(ServerId server) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT document FROM transfers WHERE server_uuid = ? ORDER BY number DESC LIMIT 1",
                        server.toString())
                .mapTo(String.class)
                .findOne()
                .map(SqlTransfers::read));
    }

    @Override
    public List<TransferRecord> running(NodeId node) {
        return jdbi.withHandle(handle -> handle
                .select(
                        "SELECT document FROM transfers WHERE running = ? AND (from_node = ? OR to_node = ?) ORDER BY number",
                        true,
                        node.value(),
                        node.value())
                .mapTo(String.class)
                .stream()
                .map(SqlTransfers::read)
                .toList());
    }

    private static TransferRecord read(String document) {
        return WireJson.read(document, TransferRecord.class);
    }
}
