package dev.rookery.examples.panel.sql;

import dev.rookery.api.Json;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.Allocation;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What the parts of the store share: columns of several tables, and the failures more than one of them throws. */
final class Rows {

    private Rows() {}

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Reads a JSON object of texts, in order. */
    static Map<String, String> texts(String json) {
        var texts = new LinkedHashMap<String, String>();
        if (WireJson.read(json, Json.class) instanceof Json.Obj object) {
            object.members().forEach((name, value) -> {
                if (value instanceof Json.Text text) {
                    texts.put(name, text.value());
                }
            });
        }
        return texts;
    }

    /** Returns the form of a name that is unique. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static AllocationRecord allocation(ResultSet row, StatementContext context) throws SQLException {
        return new AllocationRecord(
                row.getLong("id"),
                new NodeId(row.getInt("node_id")),
                new Allocation(row.getString("ip"), row.getInt("port")),
                Optional.ofNullable(row.getString("server_uuid")).map(ServerId::parse));
    }

    /** Returns the query for the servers on some nodes, whose numbers are nobody's input. */
    static String serversOn(Set<NodeId> nodes) {
        return nodes.stream()
                .map(node -> Integer.toString(node.value()))
                .collect(Collectors.joining(",", "SELECT uuid FROM servers WHERE node_id IN (", ")"));
    }

    static void requireNode(Handle handle, NodeId id) {
        if (!exists(handle, "SELECT 1 FROM nodes WHERE id = ?", id.value())) {
            throw new PanelException(
                    Problem.NODE_NOT_FOUND, "there is no node " + id, Map.of("nodeId", Integer.toString(id.value())));
        }
    }

    static boolean exists(Handle handle, String sql, Object... arguments) {
        return handle.select(sql, arguments).mapTo(Integer.class).findFirst().isPresent();
    }

    static PanelException allocationNotFound(NodeId node, long id) {
        return new PanelException(
                Problem.ALLOCATION_NOT_FOUND,
                "node " + node + " has no allocation " + id,
                Map.of("allocationId", Long.toString(id)));
    }

    static PanelException allocationInUse(AllocationRecord allocation) {
        return new PanelException(
                Problem.ALLOCATION_IN_USE,
                "the allocation " + allocation.address() + " belongs to a server",
                Map.of("allocationId", Long.toString(allocation.id())));
    }

    static PanelException eggNotFound(long id) {
        return new PanelException(Problem.EGG_NOT_FOUND, "there is no egg " + id, Map.of("eggId", Long.toString(id)));
    }
}
