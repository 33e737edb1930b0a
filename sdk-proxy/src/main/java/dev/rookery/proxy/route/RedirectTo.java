package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Sends the client elsewhere.
 *
 * @param to the address: scheme, host, and a path if {@code keepPath} is not set
 * @param status 301, 302, 303, 307 or 308
 * @param keepPath whether path and query of the request are appended
 */
public record RedirectTo(
        @JsonProperty("to") String to,
        @JsonProperty("status") int status,
        @JsonProperty("keepPath") boolean keepPath) implements Action {

    /** Checks its arguments. */
    public RedirectTo {
        requireNonNull(to, "to");
        status = status == 0 ? 308 : status;
    }
}
