package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

/**
 * A domain whose records Cloudflare keeps.
 *
 * @param id Cloudflare's
 * @param name such as {@code example.net}
 * @param status such as {@code active} or {@code pending}; an open set
 */
public record Zone(String id, String name, String status) {

    /** Checks its arguments. */
    public Zone {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(status, "status");
    }

    /** Returns whether its records are those that the world sees. */
    public boolean active() {
        return status.equals("active");
    }

    /** Returns whether a name is its own or below it. */
    public boolean has(String host) {
        return host.equals(name) || host.endsWith("." + name);
    }
}
