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

    /** How one is that nobody has started. */
    public static final ConnectorStatus OFF =
            new ConnectorStatus(false, false, 0, OptionalLong.empty(), OptionalInt.empty());

    /** Checks its arguments. */
    public ConnectorStatus {
        requireNonNull(configVersion, "configVersion");
        requireNonNull(exitCode, "exitCode");
    }

    /**
     * Returns how one is whose program ended by itself.
     *
     * @param exitCode how it ended
     */
    public static ConnectorStatus ended(int exitCode) {
        return new ConnectorStatus(false, false, 0, OptionalLong.empty(), OptionalInt.of(exitCode));
    }
}
