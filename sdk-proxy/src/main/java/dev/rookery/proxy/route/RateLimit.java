package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How many requests in how much time.
 *
 * @param zone a name of its own in the route
 * @param key what requests are counted by
 * @param header the header of {@link Key#HEADER}
 * @param events how many
 * @param window in how much time
 * @param paths which requests are counted; empty is all
 */
public record RateLimit(
        @JsonProperty("zone") String zone,
        @JsonProperty("key") Key key,
        @JsonProperty("header") Optional<String> header,
        @JsonProperty("events") int events,
        @JsonProperty("window") Duration window,
        @JsonProperty("paths") List<PathMatch> paths) {

    /** Puts in what is left out. */
    public RateLimit {
        requireNonNull(zone, "zone");
        key = key == null ? Key.CLIENT_IP : key;
        header = Values.optional(header);
        window = window == null ? Duration.ofMinutes(1) : window;
        paths = Values.list(paths);
    }

    /** Returns a limit for each client's address. */
    public static RateLimit perClient(String zone, int events, Duration window) {
        return new RateLimit(zone, Key.CLIENT_IP, Optional.empty(), events, window, List.of());
    }

    /** What requests are counted by. */
    public enum Key {
        /** The client's address; of IPv6, its /64. */
        @JsonProperty("client-ip")
        CLIENT_IP,
        /** A header. */
        @JsonProperty("header")
        HEADER,
        /** All together. */
        @JsonProperty("all")
        ALL
    }
}
