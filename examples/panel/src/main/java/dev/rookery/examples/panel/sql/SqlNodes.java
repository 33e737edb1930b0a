package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.spi.AllocationRecord;
import dev.rookery.panel.spi.EnrolmentKey;
import dev.rookery.panel.spi.EnrolmentOutcome;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.NodeStore;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Nodes, enrolment keys and allocations in the database. */
final class SqlNodes implements NodeStore {

    private static final Duration KEEP_EXPIRED_KEYS = Duration.ofDays(1);

    private final Jdbi jdbi;

    SqlNodes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public NodeRecord add(NewNode node) {
        return jdbi.inTransaction(handle -> {
            if (Rows.exists(handle, "SELECT 1 FROM nodes WHERE name_key = ?", Rows.key(node.name()))) {
                throw new PanelException(
                        Problem.NODE_NAME_IN_USE,
                        "there is a node '" + node.name() + "' already",
                        Map.of("name", node.name()));
            }
            int id = handle.createUpdate("INSERT INTO nodes (uuid, name, name_key, url, token_id, token, created_at)"
                            + " VALUES (:uuid, :name, :key, :url, :tokenId, :token, :createdAt)")
                    .bind("uuid", node.uuid().toString())
                    .bind("name", node.name())
                    .bind("key", Rows.key(node.name()))
                    .bind("url", node.url().toString())
                    .bind("tokenId", node.credentials().tokenId())
                    .bind("token", node.credentials().token())
                    .bind("createdAt", node.createdAt().toEpochMilli())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Integer.class)
                    .one();
            return node(handle, new NodeId(id)).orElseThrow();
        });
    }

    @Override
    public Optional<NodeRecord> find(NodeId id) {
        return jdbi.withHandle(handle -> node(handle, id));
    }

    @Override
    public Optional<NodeRecord> findByTokenId(String tokenId) {
        return jdbi.withHandle(handle -> handle.select("SELECT * FROM nodes WHERE token_id = ?", tokenId)
                .map(SqlNodes::node)
                .findOne());
    }

    @Override
    public List<NodeRecord> list() {
        return jdbi.withHandle(handle -> handle.select("SELECT * FROM nodes ORDER BY id")
                .map(SqlNodes::node)
                .list());
    }

    @Override
    public void delete(NodeId id) {
        jdbi.useTransaction(handle -> {
            Rows.requireNode(handle, id);
            if (Rows.exists(handle, "SELECT 1 FROM servers WHERE node_id = ?", id.value())) {
                throw new PanelException(
                        Problem.NODE_IN_USE,
                        "node " + id + " has servers (expected: none; delete them first)",
                        Map.of("nodeId", id.toString()));
            }
            if (Rows.exists(handle, "SELECT 1 FROM transfers WHERE running = ? AND to_node = ?", true, id.value())) {
                throw new PanelException(
                        Problem.NODE_IN_USE,
                        "a server is being moved to node " + id + " (expected: none; wait for its end, or cancel it)",
                        Map.of("nodeId", id.toString()));
            }
            handle.execute("DELETE FROM nodes WHERE id = ?", id.value());
        });
    }

    @Override
    public void addEnrolmentKey(EnrolmentKey key) {
        jdbi.useTransaction(handle -> {
            Rows.requireNode(handle, key.node());
            handle.execute(
                    "DELETE FROM enrolment_keys WHERE expires_at < ?",
                    key.createdAt().minus(KEEP_EXPIRED_KEYS).toEpochMilli());
            handle.execute(
                    "INSERT INTO enrolment_keys (sha256, node_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
                    key.sha256(),
                    key.node().value(),
                    key.createdAt().toEpochMilli(),
                    key.expiresAt().toEpochMilli());
        });
    }

    @Override
    public EnrolmentOutcome useEnrolmentKey(String sha256, NodeId node, Optional<String> certificate, Instant now) {
        return jdbi.inTransaction(handle -> {
            var outcome = handle.select(
                            "SELECT node_id, expires_at, used_at FROM enrolment_keys WHERE sha256 = ?", sha256)
                    .map((row, context) -> outcome(row, node, now))
                    .findOne()
                    .orElse(EnrolmentOutcome.UNKNOWN);
            if (outcome == EnrolmentOutcome.ACCEPTED) {
                handle.execute("UPDATE enrolment_keys SET used_at = ? WHERE sha256 = ?", now.toEpochMilli(), sha256);
                handle.execute(
                        "UPDATE nodes SET enrolled_at = ?, certificate = ? WHERE id = ?",
                        now.toEpochMilli(),
                        certificate.orElse(null),
                        node.value());
            }
            return outcome;
        });
    }

    @Override
    public List<AllocationRecord> addAllocations(NodeId node, Collection<Allocation> addresses) {
        return jdbi.inTransaction(handle -> {
            Rows.requireNode(handle, node);
            var added = new ArrayList<AllocationRecord>();
            for (var address : addresses) {
                int inserted = handle.execute(
                        "INSERT INTO allocations (node_id, ip, port) VALUES (?, ?, ?)"
                                + " ON CONFLICT (node_id, ip, port) DO NOTHING",
                        node.value(),
                        address.ip(),
                        address.port());
                if (inserted > 0) {
                    added.add(handle.select(
                                    "SELECT * FROM allocations WHERE node_id = ? AND ip = ? AND port = ?",
                                    node.value(),
                                    address.ip(),
                                    address.port())
                            .map(Rows::allocation)
                            .one());
                }
            }
            return List.copyOf(added);
        });
    }

    @Override
    public List<AllocationRecord> allocations(NodeId node) {
        return jdbi.withHandle(
                handle -> handle.select("SELECT * FROM allocations WHERE node_id = ? ORDER BY ip, port", node.value())
                        .map(Rows::allocation)
                        .list());
    }

    @Override
    public void deleteAllocation(NodeId node, long allocationId) {
        jdbi.useTransaction(handle -> {
            var allocation = handle.select(
                            "SELECT * FROM allocations WHERE id = ? AND node_id = ?", allocationId, node.value())
                    .map(Rows::allocation)
                    .findOne()
                    .orElseThrow(() -> Rows.allocationNotFound(node, allocationId));
            if (allocation.server().isPresent()) {
                throw Rows.allocationInUse(allocation);
            }
            handle.execute("DELETE FROM allocations WHERE id = ?", allocationId);
        });
    }

    private static EnrolmentOutcome outcome(ResultSet key, NodeId node, Instant now) throws SQLException {
        if (key.getInt("node_id") != node.value()) {
            return EnrolmentOutcome.OTHER_NODE;
        }
        if (Rows.instant(key, "used_at").isPresent()) {
            return EnrolmentOutcome.USED;
        }
        return now.toEpochMilli() < key.getLong("expires_at") ? EnrolmentOutcome.ACCEPTED : EnrolmentOutcome.EXPIRED;
    }

    private static Optional<NodeRecord> node(Handle handle, NodeId id) {
        return handle.select("SELECT * FROM nodes WHERE id = ?", id.value())
                .map(SqlNodes::node)
                .findOne();
    }

    private static NodeRecord node(ResultSet row, StatementContext context) throws SQLException {
        return new NodeRecord(
                new NodeId(row.getInt("id")),
                UUID.fromString(row.getString("uuid")),
                row.getString("name"),
                URI.create(row.getString("url")),
                new NodeCredentials(row.getString("token_id"), row.getString("token")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Rows.instant(row, "enrolled_at"),
                Optional.ofNullable(row.getString("certificate")));
    }
}
