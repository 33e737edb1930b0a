package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

/**
 * A tunnel.
 *
 * @param id Cloudflare's
 * @param name given by whoever made it
 * @param status {@code inactive}, {@code degraded}, {@code healthy} or {@code down}; an open set
 * @param remotelyManaged whether Cloudflare keeps its rules; if not, a file beside its connector does, and nothing that is written here counts
 */
public record Tunnel(String id, String name, String status, boolean remotelyManaged) {

    /** What names of tunnels end with. */
    public static final String DOMAIN = "cfargotunnel.com";

    /** Checks its arguments. */
    public Tunnel {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(status, "status");
    }

    /** Returns what records have to lead to. */
    public String target() {
        return id + "." + DOMAIN;
    }
}
