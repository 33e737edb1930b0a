package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where connections or datagrams go.
 *
 * @param host an address or a name
 * @param port the first one, if several are listened on
 * @param weight its share beside the others
 */
public record L4Upstream(
        @JsonProperty("host") String host,
        @JsonProperty("port") int port,
        @JsonProperty("weight") int weight) {

    /** Puts in what is left out. */
    public L4Upstream {
        requireNonNull(host, "host");
        weight = weight == 0 ? 1 : weight;
    }

    /** Returns an upstream of the usual weight. */
    public static L4Upstream of(String host, int port) {
        return new L4Upstream(host, port, 1);
    }
}
