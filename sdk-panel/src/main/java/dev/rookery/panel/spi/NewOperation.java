package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An operation to be put down.
 *
 * @param id its own id
 * @param kind what is to be done
 * @param server for which server
 * @param correlationId travels with every call it makes
 * @param createdAt the present time; it is due at once
 * @param parameters what it is about besides the server, such as a {@linkplain #BACKUP backup}
 */
public record NewOperation(
        UUID id,
        OperationKind kind,
        ServerId server,
        String correlationId,
        Instant createdAt,
        Map<String, String> parameters) {

    /** The parameter of operations about a backup: its id. */
    public static final String BACKUP = "backup";

    /** The parameter of a clean-up: the number of the node. */
    public static final String NODE = "node";

    /** Creates an operation about nothing but its server. */
    public NewOperation(UUID id, OperationKind kind, ServerId server, String correlationId, Instant createdAt) {
        this(id, kind, server, correlationId, createdAt, Map.of());
    }

    /** Checks its arguments. */
    public NewOperation {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(server, "server");
        requireNonNull(correlationId, "correlationId");
        requireNonNull(createdAt, "createdAt");
        parameters = Map.copyOf(parameters);
    }

    /** Returns the slot it takes: of each server there is at most one operation in each. */
    public String slot() {
        return kind.slot(parameters);
    }

    /** Returns the slot of the operations about a backup. */
    public static String slotOf(BackupId backup) {
        return OperationKind.BACKUP.slot(Map.of(BACKUP, backup.toString()));
    }

    /** Returns the slot of the operations that clean up on a node. */
    public static String slotOf(NodeId node) {
        return OperationKind.CLEAN_UP.slot(Map.of(NODE, Integer.toString(node.value())));
    }
}
