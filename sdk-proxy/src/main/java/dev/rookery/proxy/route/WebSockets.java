package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;

/**
 * Connections that become streams.
 *
 * @param denied whether they are refused
 * @param timeout how long one may last; empty is any time
 * @param keptOverReloads how long one goes on after the configuration has changed
 */
public record WebSockets(
        @JsonProperty("denied") boolean denied,
        @JsonProperty("timeout") Optional<Duration> timeout,
        @JsonProperty("keptOverReloads") Duration keptOverReloads) {

    /** Allowed for any time, and kept for five minutes. */
    public static final WebSockets USUAL = new WebSockets(false, Optional.empty(), Duration.ofMinutes(5));

    /** Puts in what is left out. */
    public WebSockets {
        timeout = Values.optional(timeout);
        keptOverReloads = keptOverReloads == null ? Duration.ofMinutes(5) : keptOverReloads;
    }
}
