package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a connector is.
 *
 * @param running whether the program runs
 * @param ready whether requests come through
 * @param connections how many connections to Cloudflare it has
 * @param configVersion which configuration it goes by; empty if it has none yet
 * @param exitCode how the program ended by itself; empty if it did not
 */
public record ConnectorStatus(
        boolean running, boolean ready, int connections, OptionalLong configVersion, OptionalInt exitCode) {

    /** Checks its arguments. */
    public ConnectorStatus {
        requireNonNull(configVersion, "configVersion");
        requireNonNull(exitCode, "exitCode");
    }
}
