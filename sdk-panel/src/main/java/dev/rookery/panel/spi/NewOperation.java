package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.UUID;

/**
 * An operation to be put down.
 *
 * @param id its own id
 * @param kind what is to be done
 * @param server for which server
 * @param correlationId travels with every call it makes
 * @param createdAt the present time; it is due at once
 */
public record NewOperation(UUID id, OperationKind kind, ServerId server, String correlationId, Instant createdAt) {

    /** Checks its arguments. */
    public NewOperation {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(server, "server");
        requireNonNull(correlationId, "correlationId");
        requireNonNull(createdAt, "createdAt");
    }
}
