package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Deauthorization;
import java.time.Instant;
import java.util.List;
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
     * What one node has to be told.
     *
     * @param node which node
     * @param user whose sessions
     * @param servers on which servers; none means on all of the node
     * @param noted when that was noted last
     */
    public record Due(NodeId node, UUID user, List<ServerId> servers, Instant noted) {

        /** Returns the call. */
        public Deauthorization request() {
            return new Deauthorization(user, servers);
        }
    }

    /** Returns what is to be told, the oldest first. */
    public List<Due> due() {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT node_id, user_uuid, server_uuid, created_at FROM deauthorizations"
                                + " ORDER BY created_at, node_id")
                .map((row, context) -> {
                    var server = row.getString("server_uuid");
                    return new Due(
                            new NodeId(row.getInt("node_id")),
                            UUID.fromString(row.getString("user_uuid")),
                            server.isEmpty() ? List.of() : List.of(ServerId.parse(server)),
                            Instant.ofEpochMilli(row.getLong("created_at")));
                })
                .list());
    }

    /** Forgets what was told, unless it was noted again meanwhile. */
    public void done(Due told) {
        jdbi.useHandle(handle -> handle.execute(
                "DELETE FROM deauthorizations WHERE node_id = ? AND user_uuid = ? AND server_uuid = ? AND created_at = ?",
                told.node().value(),
                told.user().toString(),
                told.servers().isEmpty() ? "" : told.servers().get(0).toString(),
                told.noted().toEpochMilli()));
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
