package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.Operation.Lease;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.OperationStore;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.StatusChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Durable operations in the database. */
final class SqlOperations implements OperationStore {

    private static final int ACTIVITY_STEP = 10_000;

    private final Jdbi jdbi;
    private final Dialect dialect;

    SqlOperations(Jdbi jdbi, Dialect dialect) {
        this.jdbi = jdbi;
        this.dialect = dialect;
    }

    @Override
    public Operation begin(NewOperation operation, Set<ServerStatus> from, ServerStatus to) {
        return jdbi.inTransaction(handle -> {
            var status = requireServer(handle, operation.server());
            var present = inSlot(handle, operation.server(), "server");
            boolean deletion = operation.kind() == OperationKind.DELETE;
            if (deletion
                    && present.filter(o -> o.kind() == OperationKind.DELETE).isPresent()) {
                return present.get();
            }
            if (present.isPresent() && !deletion) {
                throw new PanelException(
                        Problem.SERVER_BUSY,
                        "server " + operation.server() + " still has to be dealt with: "
                                + present.get().kind() + " (expected: wait until it is done, or delete the server)",
                        Map.of("server", operation.server().toString()));
            }
            if (!from.contains(status)) {
                throw new PanelException(
                        Problem.SERVER_STATUS,
                        "server " + operation.server() + " is " + status + " (expected: one of " + from + ")",
                        Map.of("server", operation.server().toString(), "status", status.name()));
            }
            var begun = Operation.builder()
                    .from(Operation.of(operation))
                    .lease(present.flatMap(Operation::lease))
                    .build();
            handle.execute(
                    "DELETE FROM operations WHERE server_uuid = ? AND slot = ?",
                    operation.server().toString(),
                    operation.slot());
            insert(handle, begun);
            SqlServers.changeStatus(handle, operation.server(), StatusChange.of(from, to));
            return inSlot(handle, operation.server(), operation.slot()).orElseThrow();
        });
    }

    @Override
    public Optional<Operation> find(ServerId server) {
        return jdbi.withHandle(handle -> inSlot(handle, server, "server"));
    }

    @Override
    public List<Operation> list(ServerId server) {
        return jdbi.withHandle(
                handle -> handle.select("SELECT * FROM operations WHERE server_uuid = ?", server.toString())
                        .map(SqlOperations::operation)
                        .list());
    }

    @Override
    public List<Operation> awaited(NodeId node) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT o.* FROM operations o JOIN servers s ON s.uuid = o.server_uuid"
                                + " WHERE o.accepted = ? AND s.node_id = ?",
                        true,
                        node.value())
                .map(SqlOperations::operation)
                .list());
    }

    @Override
    public Optional<Operation> claim(String lease, Instant now, Instant until, Set<NodeId> busy) {
        var sql = "UPDATE operations SET lease = :lease, lease_until = :until, attempts = attempts + 1,"
                + " unanswered = (unanswered OR lease IS NOT NULL)"
                + " WHERE id = (SELECT id FROM operations WHERE next_attempt_at <= :now"
                + " AND (lease IS NULL OR lease_until <= :now)" + without(busy)
                + " ORDER BY next_attempt_at, created_at LIMIT 1" + dialect.skipLocked() + ") RETURNING *";
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("lease", lease)
                .bind("until", until.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .map(SqlOperations::operation)
                .findOne());
    }

    @Override
    public boolean renew(Operation claimed, Instant until) {
        return jdbi.withHandle(handle -> handle.execute(
                        "UPDATE operations SET lease_until = ? WHERE server_uuid = ? AND slot = ? AND lease = ?",
                        until.toEpochMilli(),
                        claimed.server().toString(),
                        claimed.slot(),
                        leaseName(claimed).orElse(null))
                > 0);
    }

    @Override
    public boolean retry(Operation claimed, Instant nextAttemptAt, String error) {
        return jdbi.inTransaction(handle -> {
            if (!held(handle, claimed)) {
                return false;
            }
            handle.execute(
                    "UPDATE operations SET next_attempt_at = ?, lease = NULL, lease_until = NULL, last_error = ?,"
                            + " unanswered = ? WHERE id = ?",
                    nextAttemptAt.toEpochMilli(),
                    error,
                    claimed.unanswered(),
                    claimed.id().toString());
            if (claimed.slot().equals("server")) {
                handle.execute(
                        "UPDATE servers SET reason = ?, version = version + 1 WHERE uuid = ?",
                        error,
                        claimed.server().toString());
            }
            return true;
        });
    }

    @Override
    public boolean await(Operation claimed, Instant deadline) {
        return jdbi.inTransaction(handle -> held(handle, claimed)
                && handle.execute(
                                "UPDATE operations SET next_attempt_at = ?, lease = NULL, lease_until = NULL,"
                                        + " accepted = ? WHERE id = ?",
                                deadline.toEpochMilli(),
                                true,
                                claimed.id().toString())
                        > 0);
    }

    @Override
    public boolean finish(Operation claimed, Optional<StatusChange> change) {
        return jdbi.inTransaction(handle -> {
            if (!held(handle, claimed)) {
                return false;
            }
            handle.execute("DELETE FROM operations WHERE id = ?", claimed.id().toString());
            change.ifPresent(c -> SqlServers.changeStatus(handle, claimed.server(), c));
            return true;
        });
    }

    @Override
    public boolean finishDeletion(Operation claimed) {
        forgetActivity(claimed.server());
        return jdbi.inTransaction(handle -> {
            if (!held(handle, claimed)) {
                return false;
            }
            handle.execute("DELETE FROM operations WHERE id = ?", claimed.id().toString());
            handle.execute(
                    "UPDATE allocations SET server_uuid = NULL, is_primary = ? WHERE server_uuid = ?",
                    false,
                    claimed.server().toString());
            handle.execute(
                    "DELETE FROM servers WHERE uuid = ?", claimed.server().toString());
            return true;
        });
    }

    /** In small steps: a server may have done more than the database deletes within the time it has for one statement. */
    private void forgetActivity(ServerId server) {
        int forgotten;
        do {
            forgotten = jdbi.withHandle(handle -> handle.execute(
                    "DELETE FROM activity WHERE id IN (SELECT id FROM activity WHERE server_uuid = ? ORDER BY id LIMIT ?)",
                    server.toString(),
                    ACTIVITY_STEP));
        } while (forgotten == ACTIVITY_STEP);
    }

    static void insert(Handle handle, Operation operation) {
        handle.createUpdate(
                        "INSERT INTO operations (id, kind, server_uuid, slot, parameters, correlation_id, created_at,"
                                + " attempts, next_attempt_at, accepted, unanswered, lease, lease_until, last_error) VALUES (:id, :kind,"
                                + " :server, :slot, :parameters, :correlation, :createdAt, :attempts, :next, :accepted, :unanswered, :lease,"
                                + " :until, :error)")
                .bind("id", operation.id().toString())
                .bind("kind", operation.kind().name())
                .bind("server", operation.server().toString())
                .bind("slot", operation.slot())
                .bind("parameters", WireJson.writeText(operation.parameters()))
                .bind("accepted", operation.accepted())
                .bind("unanswered", operation.unanswered())
                .bind("correlation", operation.correlationId())
                .bind("createdAt", operation.createdAt().toEpochMilli())
                .bind("attempts", operation.attempts())
                .bind("next", operation.nextAttemptAt().toEpochMilli())
                .bind("lease", operation.lease().map(Lease::name).orElse(null))
                .bind(
                        "until",
                        operation.lease().map(l -> l.until().toEpochMilli()).orElse(null))
                .bind("error", operation.lastError().orElse(null))
                .execute();
    }

    /** Returns the condition that an operation is for none of these nodes; their numbers are nobody's input. */
    private static String without(Set<NodeId> busy) {
        if (busy.isEmpty()) {
            return "";
        }
        var slots =
                busy.stream().map(node -> "'" + NewOperation.slotOf(node) + "'").collect(Collectors.joining(","));
        return " AND CASE WHEN kind = '" + OperationKind.CLEAN_UP + "' THEN slot NOT IN (" + slots
                + ") ELSE server_uuid NOT IN (" + Rows.serversOn(busy) + ") END";
    }

    /** Says whether the claim still stands; gives the lease of a replacement back otherwise. */
    private static boolean held(Handle handle, Operation claimed) {
        var present = inSlot(handle, claimed.server(), claimed.slot());
        if (present.isEmpty() || !leaseName(present.get()).equals(leaseName(claimed))) {
            return false;
        }
        if (present.get().id().equals(claimed.id())) {
            return true;
        }
        handle.execute(
                "UPDATE operations SET lease = NULL, lease_until = NULL WHERE id = ?",
                present.get().id().toString());
        return false;
    }

    private static Optional<String> leaseName(Operation operation) {
        return operation.lease().map(Lease::name);
    }

    private static ServerStatus requireServer(Handle handle, ServerId id) {
        return handle.select("SELECT status FROM servers WHERE uuid = ?", id.toString())
                .mapTo(String.class)
                .findOne()
                .map(ServerStatus::valueOf)
                .orElseThrow(() -> new PanelException(
                        Problem.SERVER_NOT_FOUND, "there is no server " + id, Map.of("server", id.toString())));
    }

    static Optional<Operation> inSlot(Handle handle, ServerId server, String slot) {
        return handle.select("SELECT * FROM operations WHERE server_uuid = ? AND slot = ?", server.toString(), slot)
                .map(SqlOperations::operation)
                .findOne();
    }

    private static Operation operation(ResultSet row, StatementContext context) throws SQLException {
        var lease = Optional.ofNullable(row.getString("lease"));
        var until = Rows.instant(row, "lease_until");
        return Operation.builder()
                .id(UUID.fromString(row.getString("id")))
                .kind(OperationKind.valueOf(row.getString("kind")))
                .parameters(Rows.texts(row.getString("parameters")))
                .accepted(row.getBoolean("accepted"))
                .unanswered(row.getBoolean("unanswered"))
                .server(ServerId.parse(row.getString("server_uuid")))
                .correlationId(row.getString("correlation_id"))
                .createdAt(Instant.ofEpochMilli(row.getLong("created_at")))
                .attempts(row.getInt("attempts"))
                .nextAttemptAt(Instant.ofEpochMilli(row.getLong("next_attempt_at")))
                .lease(lease.map(name -> new Lease(name, until.orElse(Instant.EPOCH))))
                .lastError(Optional.ofNullable(row.getString("last_error")))
                .build();
    }
}
