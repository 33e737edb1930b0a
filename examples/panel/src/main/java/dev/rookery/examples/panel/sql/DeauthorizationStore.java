package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Deauthorization;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Whose sessions nodes have still to end. Noted in the transaction that takes the access away, and forgotten once the node has said
 * that it is done, so that neither a crash nor a node that is away leaves a session open. Thread-safe.
 */
public final class DeauthorizationStore {

    private static final String AGAIN = " ON CONFLICT (node_id, user_uuid, server_uuid) DO UPDATE SET created_at ="
            + " CASE WHEN excluded.created_at > deauthorizations.created_at THEN excluded.created_at"
            + " ELSE deauthorizations.created_at + 1 END";

    private final Jdbi jdbi;

    /** Creates the store. */
    public DeauthorizationStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What one node has to be told about one user.
     *
     * @param node which node
     * @param user whose sessions
     * @param noted when that was noted last, by server; the one that is empty stands for all of the node
     */
    public record Due(NodeId node, UUID user, Map<String, Instant> noted) {

        /** Checks its arguments. */
        public Due {
            noted = Map.copyOf(noted);
        }

        /** Returns the servers on which; none means on all of the node. */
        public List<ServerId> servers() {
            return noted.keySet().stream()
                    .filter(server -> !server.isEmpty())
                    .sorted()
                    .map(ServerId::parse)
                    .toList();
        }

        /** Returns the call. */
        public Deauthorization request() {
            return new Deauthorization(user, servers());
        }
    }

    /** Returns the nodes that have something to be told. */
    public List<NodeId> nodes() {
        return jdbi.withHandle(handle -> handle.select("SELECT DISTINCT node_id FROM deauthorizations ORDER BY node_id")
                .mapTo(Integer.class)
                .map(NodeId::new)
                .list());
    }

    /**
     * Returns what a node is to be told, the oldest first. What is about servers is one call for each user; what is about all of the node
     * stays a call of its own, since daemons do not do the same for both.
     *
     * @param limit how much was noted at most
     */
    public List<Due> due(NodeId node, int limit) {
        return jdbi.withHandle(handle -> {
            var calls = new LinkedHashMap<String, Due>();
            handle.select(
                            "SELECT user_uuid, server_uuid, created_at FROM deauthorizations WHERE node_id = ?"
                                    + " ORDER BY created_at LIMIT ?",
                            node.value(),
                            limit)
                    .map((row, context) -> new Due(
                            node,
                            UUID.fromString(row.getString("user_uuid")),
                            Map.of(row.getString("server_uuid"), Instant.ofEpochMilli(row.getLong("created_at")))))
                    .forEach(due -> calls.merge(
                            due.user() + (due.servers().isEmpty() ? " everywhere" : ""),
                            due,
                            DeauthorizationStore::merged));
            return List.copyOf(calls.values());
        });
    }

    private static Due merged(Due one, Due other) {
        var noted = new HashMap<>(one.noted());
        noted.putAll(other.noted());
        return new Due(one.node(), one.user(), noted);
    }

    /** Forgets what was told, unless it was noted again meanwhile. */
    public void done(Due told) {
        jdbi.useTransaction(handle -> told.noted()
                .forEach((server, noted) -> handle.execute(
                        "DELETE FROM deauthorizations WHERE node_id = ? AND user_uuid = ? AND server_uuid = ?"
                                + " AND created_at = ?",
                        told.node().value(),
                        told.user().toString(),
                        server,
                        noted.toEpochMilli())));
    }

    /** Forgets what is so old that no session can be left. */
    public void forget(Instant before) {
        jdbi.useHandle(
                handle -> handle.execute("DELETE FROM deauthorizations WHERE created_at < ?", before.toEpochMilli()));
    }

    /** Notes that a user's sessions on one server have to end. */
    static void note(Handle handle, UUID user, ServerId server, Instant now) {
        handle.execute(
                "INSERT INTO deauthorizations (node_id, user_uuid, server_uuid, created_at)"
                        + " SELECT node_id, ?, uuid, ? FROM servers WHERE uuid = ?" + AGAIN,
                user.toString(),
                now.toEpochMilli(),
                server.toString());
    }

    /** Notes that all sessions of a user have to end, wherever they are. */
    static void note(Handle handle, UUID user, Instant now) {
        handle.execute(
                "INSERT INTO deauthorizations (node_id, user_uuid, server_uuid, created_at)"
                        + " SELECT id, ?, '', ? FROM nodes WHERE 1 = 1" + AGAIN,
                user.toString(),
                now.toEpochMilli());
    }
}
