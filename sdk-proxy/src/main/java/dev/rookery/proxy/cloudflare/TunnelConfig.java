package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Json;
import java.util.Map;

/**
 * The one configuration of a tunnel, for all of its zones.
 *
 * @param version goes up with each change
 * @param config what Cloudflare keeps, with all members, also those that nobody here knows; without members if nobody ever wrote one
 */
public record TunnelConfig(long version, Json.Obj config) {

    /** What a tunnel has that was never configured. */
    public static final TunnelConfig NONE = new TunnelConfig(0, new Json.Obj(Map.of()));

    /** Checks its arguments. */
    public TunnelConfig {
        requireNonNull(config, "config");
    }
}
