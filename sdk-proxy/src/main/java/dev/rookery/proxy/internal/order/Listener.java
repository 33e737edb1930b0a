package dev.rookery.proxy.internal.order;

import dev.rookery.proxy.route.Exposure;
import java.util.Optional;

/** Where requests come in. */
public enum Listener {
    /** HTTPS. */
    EDGE,
    /** HTTP. */
    PLAIN,
    /** HTTP, from the connector of a tunnel. */
    TUNNEL;

    /** Returns the listener of what is reached like this; empty if it does not come here. */
    public static Optional<Listener> of(Exposure exposure) {
        return switch (exposure) {
            case PUBLIC, LAN -> Optional.of(EDGE);
            case PLAIN_HTTP -> Optional.of(PLAIN);
            case TUNNEL -> Optional.of(TUNNEL);
            case TUNNEL_TCP, DIRECT_DNS -> Optional.empty();
        };
    }
}
