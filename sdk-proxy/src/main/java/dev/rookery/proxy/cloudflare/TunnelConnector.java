package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A cloudflared that is connected.
 *
 * @param id its own
 * @param version of the program
 * @param configVersion which configuration it goes by; empty if it did not say
 */
public record TunnelConnector(String id, String version, OptionalLong configVersion) {

    /** Checks its arguments. */
    public TunnelConnector {
        requireNonNull(id, "id");
        requireNonNull(version, "version");
        requireNonNull(configVersion, "configVersion");
    }

    /** Returns whether it says that it goes by an older configuration. */
    public boolean behind(long version) {
        return configVersion.isPresent() && configVersion.getAsLong() < version;
    }
}
