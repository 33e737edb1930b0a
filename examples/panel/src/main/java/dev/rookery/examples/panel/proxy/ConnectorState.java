package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.cloudflare.ConnectorStatus;
import java.util.Optional;

/**
 * How the connector of a tunnel is.
 *
 * @param kind how the panel runs it; empty if somebody else does
 * @param wanted whether it is to run
 * @param status of the program
 * @param said why it does not run although it is wanted, for people; no secret is in it
 */
public record ConnectorState(Optional<String> kind, boolean wanted, ConnectorStatus status, Optional<String> said) {

    /** Checks its arguments. */
    public ConnectorState {
        requireNonNull(kind, "kind");
        requireNonNull(status, "status");
        requireNonNull(said, "said");
    }
}
