package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Addresses that may pass or not. What is denied is denied; then what is allowed is allowed; the rest is as {@code otherwise} says.
 *
 * @param allow addresses and networks
 * @param deny addresses and networks
 * @param otherwise whether those that are in neither list may pass
 * @param peer whether the connection's address counts, not that of the client behind proxies that are trusted
 * @param status of the answer to those that may not
 */
public record IpAccess(
        @JsonProperty("allow") List<String> allow,
        @JsonProperty("deny") List<String> deny,
        @JsonProperty("otherwise") boolean otherwise,
        @JsonProperty("peer") boolean peer,
        @JsonProperty("status") int status) {

    /** Puts in what is left out. */
    public IpAccess {
        allow = Values.list(allow);
        deny = Values.list(deny);
        status = status == 0 ? 403 : status;
    }

    /** Returns what lets these pass and nobody else. */
    public static IpAccess only(String... addresses) {
        return new IpAccess(List.of(addresses), List.of(), false, false, 403);
    }
}
