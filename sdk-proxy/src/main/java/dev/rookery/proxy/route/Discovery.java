package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Finds upstreams by DNS, again and again. Active health checks do not reach them.
 *
 * @param kind which records
 * @param name what is asked for
 * @param port of addresses; services say their own
 * @param refresh how often
 */
public record Discovery(
        @JsonProperty("kind") Kind kind,
        @JsonProperty("name") String name,
        @JsonProperty("port") OptionalInt port,
        @JsonProperty("refresh") Duration refresh) {

    /** Puts in what is left out. */
    public Discovery {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        port = Values.optional(port);
        refresh = refresh == null ? Duration.ofMinutes(1) : refresh;
    }

    /** Which records. */
    public enum Kind {
        /** Addresses. */
        @JsonProperty("address")
        ADDRESS,
        /** Services, with their ports. */
        @JsonProperty("service")
        SERVICE
    }
}
