package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * The connections to upstreams.
 *
 * @param dialTimeout how long connecting may take
 * @param responseTimeout how long the head of an answer may take; empty is any time
 * @param readTimeout how long an upstream may say nothing; empty is any time
 * @param writeTimeout how long it may take nothing; empty is any time
 * @param idleTimeout how long an unused connection is kept
 * @param maxConnectionsPerHost how many at a time; 0 is any number
 * @param proxyProtocol version of the PROXY protocol by which the client's address is told, 1 or 2
 * @param tls of upstreams that are spoken to by TLS
 */
@Value.Builder
public record Transport(
        @JsonProperty("dialTimeout") Duration dialTimeout,
        @JsonProperty("responseTimeout") Optional<Duration> responseTimeout,
        @JsonProperty("readTimeout") Optional<Duration> readTimeout,
        @JsonProperty("writeTimeout") Optional<Duration> writeTimeout,
        @JsonProperty("idleTimeout") Duration idleTimeout,
        @JsonProperty("maxConnectionsPerHost") int maxConnectionsPerHost,
        @JsonProperty("proxyProtocol") OptionalInt proxyProtocol,
        @JsonProperty("tls") Optional<UpstreamTls> tls) {

    /** Three seconds to connect, two minutes unused. */
    public static final Transport USUAL = builder().build();

    /** Puts in what is left out. */
    public Transport {
        dialTimeout = dialTimeout == null ? Duration.ofSeconds(3) : dialTimeout;
        responseTimeout = Values.optional(responseTimeout);
        readTimeout = Values.optional(readTimeout);
        writeTimeout = Values.optional(writeTimeout);
        idleTimeout = idleTimeout == null ? Duration.ofMinutes(2) : idleTimeout;
        proxyProtocol = Values.optional(proxyProtocol);
        tls = Values.optional(tls);
    }

    /** Returns a builder of what is usual. */
    public static TransportBuilder builder() {
        return new TransportBuilder()
                .dialTimeout(Duration.ofSeconds(3))
                .idleTimeout(Duration.ofMinutes(2))
                .maxConnectionsPerHost(0);
    }
}
