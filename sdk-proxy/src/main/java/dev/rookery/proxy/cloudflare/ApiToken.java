package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

/**
 * What Cloudflare says of the token that it was asked with; the token itself is not in it.
 *
 * @param id Cloudflare's
 * @param status {@code active}, {@code disabled} or {@code expired}; an open set
 */
public record ApiToken(String id, String status) {

    /** Checks its arguments. */
    public ApiToken {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
    }

    /** Returns whether it can be used. */
    public boolean active() {
        return status.equals("active");
    }
}
