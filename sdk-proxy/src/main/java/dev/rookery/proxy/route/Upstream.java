package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * Where requests go.
 *
 * @param scheme how it is spoken to
 * @param host an address, a name, or the path of a socket
 * @param port 80 or 443 by the scheme, unless given
 * @param weight its share beside the others
 * @param maxRequests how many requests at a time; 0 is any number
 * @param backup whether it is used only if no other one works
 */
@Value.Builder
public record Upstream(
        @JsonProperty("scheme") Scheme scheme,
        @JsonProperty("host") String host,
        @JsonProperty("port") OptionalInt port,
        @JsonProperty("weight") OptionalInt weight,
        @JsonProperty("maxRequests") int maxRequests,
        @JsonProperty("backup") boolean backup) {

    /** Puts in what is left out. */
    public Upstream {
        scheme = scheme == null ? Scheme.HTTP : scheme;
        requireNonNull(host, "host");
        port = Values.optional(port);
        weight = Values.optional(weight);
    }

    /** Returns a builder; the host is to be set. */
    public static UpstreamBuilder builder() {
        return new UpstreamBuilder().scheme(Scheme.HTTP).maxRequests(0).backup(false);
    }

    /** Returns an upstream that is spoken to by plain HTTP. */
    public static Upstream http(String host, int port) {
        return builder().host(host).port(port).build();
    }

    /** Returns the port that is meant. */
    public int effectivePort() {
        return port.orElse(scheme == Scheme.HTTPS ? 443 : 80);
    }

    /** Returns the weight that is meant. */
    public int effectiveWeight() {
        return weight.orElse(1);
    }

    /** How an upstream is spoken to. */
    public enum Scheme {
        /** Plain HTTP. */
        @JsonProperty("http")
        HTTP,
        /** HTTP over TLS. */
        @JsonProperty("https")
        HTTPS,
        /** HTTP/2 without TLS. */
        @JsonProperty("h2c")
        H2C,
        /** HTTP over a socket in the file system, whose path is the host. */
        @JsonProperty("unix")
        UNIX
    }
}
