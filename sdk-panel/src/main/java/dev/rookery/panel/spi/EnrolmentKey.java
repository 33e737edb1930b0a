package dev.rookery.panel.spi;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NodeId;
import java.time.Instant;

/**
 * A key that fetches a node's configuration once. The key itself is not stored.
 *
 * @param sha256 the key's digest in lower-case hexadecimal
 * @param node the node it enrols
 * @param createdAt when it was made
 * @param expiresAt from when on it is refused
 */
public record EnrolmentKey(String sha256, NodeId node, Instant createdAt, Instant expiresAt) {

    /** Checks its arguments. */
    public EnrolmentKey {
        requireNonNull(sha256, "sha256");
        requireNonNull(node, "node");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(expiresAt, "expiresAt");
    }
}
