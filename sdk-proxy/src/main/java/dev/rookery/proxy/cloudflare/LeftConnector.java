package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;

/**
 * A connector that an earlier program has left running.
 *
 * @param connector itself
 * @param current whether it is as one would be that is started now; if not, it is to be replaced
 */
@Incubating
public record LeftConnector(Connector connector, boolean current) {

    /** Checks its arguments. */
    public LeftConnector {
        requireNonNull(connector, "connector");
    }
}
