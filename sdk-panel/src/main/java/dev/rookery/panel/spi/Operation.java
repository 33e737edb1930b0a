package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * Something still to be done on a node; it survives a crash of the panel.
 *
 * @param id its own id
 * @param kind what is to be done
 * @param server for which server
 * @param correlationId travels with every call it makes
 * @param createdAt when it was put down
 * @param attempts how often it was claimed
 * @param nextAttemptAt not to be claimed before
 * @param lease who has claimed it; empty if nobody has
 * @param lastError why the last attempt did not work; empty if none failed
 * @param parameters what it is about besides the server
 * @param accepted whether the node has accepted it and owes the outcome
 * @param unanswered whether an earlier attempt may have reached the node, and its answer did not come
 */
@Value.Builder
public record Operation(
        UUID id,
        OperationKind kind,
        ServerId server,
        String correlationId,
        Instant createdAt,
        int attempts,
        Instant nextAttemptAt,
        Optional<Lease> lease,
        Optional<String> lastError,
        Map<String, String> parameters,
        boolean accepted,
        boolean unanswered) {

    /** Checks its arguments. */
    public Operation {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(server, "server");
        requireNonNull(correlationId, "correlationId");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(nextAttemptAt, "nextAttemptAt");
        requireNonNull(lease, "lease");
        requireNonNull(lastError, "lastError");
        parameters = Map.copyOf(parameters);
    }

    /** Returns a builder of an operation that no node has accepted. */
    public static OperationBuilder builder() {
        return new OperationBuilder().accepted(false).unanswered(false);
    }

    /** Returns the slot it takes, see {@link NewOperation#slot()}. */
    public String slot() {
        return kind.slot(parameters);
    }

    /** Returns an operation that was just put down: due, not claimed. */
    public static Operation of(NewOperation operation) {
        return builder()
                .id(operation.id())
                .kind(operation.kind())
                .server(operation.server())
                .correlationId(operation.correlationId())
                .createdAt(operation.createdAt())
                .attempts(0)
                .nextAttemptAt(operation.createdAt())
                .parameters(operation.parameters())
                .build();
    }

    /**
     * A claim.
     *
     * @param name whose, unique for each claim
     * @param until when it runs out
     */
    public record Lease(String name, Instant until) {

        /** Checks its arguments. */
        public Lease {
            requireNonNull(name, "name");
            requireNonNull(until, "until");
        }
    }
}
