package dev.rookery.panel.internal;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.backup.BackupId;
import dev.rookery.kit.Correlation;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.Operation;
import dev.rookery.panel.spi.OperationKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Makes operations, and reads what they are about. */
public final class Operations {

    static final String BACKUP = NewOperation.BACKUP;
    static final String TRUNCATE = "truncate";
    private static final String NODE = NewOperation.NODE;
    private static final String NODES = "nodes";

    private Operations() {}

    /** Returns an operation about nothing but its server. */
    public static NewOperation of(OperationKind kind, ServerId server, Instant now) {
        return of(kind, server, now, Map.of());
    }

    /** Returns an operation about a backup. */
    public static NewOperation about(OperationKind kind, ServerId server, BackupId backup, Instant now) {
        return of(kind, server, now, Map.of(BACKUP, backup.toString()));
    }

    /** Returns the restore of a backup. */
    public static NewOperation restore(ServerId server, BackupId backup, boolean truncate, Instant now) {
        return of(
                OperationKind.RESTORE,
                server,
                now,
                Map.of(BACKUP, backup.toString(), TRUNCATE, Boolean.toString(truncate)));
    }

    /** Returns the removal of a server from a node that it does not run on. */
    static NewOperation cleanUp(ServerId server, NodeId node, Instant now) {
        return of(OperationKind.CLEAN_UP, server, now, Map.of(NODE, Integer.toString(node.value())));
    }

    /** Returns the deletion of a server, which may be on several nodes. */
    public static NewOperation delete(ServerId server, Collection<NodeId> nodes, Instant now) {
        var text = nodes.stream().map(node -> Integer.toString(node.value())).collect(Collectors.joining(","));
        return of(OperationKind.DELETE, server, now, nodes.isEmpty() ? Map.of() : Map.of(NODES, text));
    }

    /** Returns the node that a clean-up is about. */
    public static NodeId node(Operation operation) {
        return nodes(operation.parameters().getOrDefault(NODE, "")).get(0);
    }

    static List<NodeId> nodes(Operation deletion) {
        return nodes(deletion.parameters().getOrDefault(NODES, ""));
    }

    private static List<NodeId> nodes(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(number -> !number.isEmpty())
                .map(number -> new NodeId(Integer.parseInt(number)))
                .toList();
    }

    private static NewOperation of(OperationKind kind, ServerId server, Instant now, Map<String, String> parameters) {
        return new NewOperation(
                UUID.randomUUID(), kind, server, Correlation.acceptOrNew(Correlation.current()), now, parameters);
    }
}
