package dev.rookery.proxy.route;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.rookery.api.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Passes on connections, or datagrams, whatever is spoken in them.
 *
 * @param id of its own among all routes; letters, digits, underscores and hyphens
 * @param name for people
 * @param owner whose it is
 * @param enabled whether it is in use
 * @param listen where connections come in
 * @param serverNames names in the greeting of TLS that it is for; empty is any connection
 * @param sources networks that may connect; empty are all
 * @param tls what happens to TLS
 * @param tlsPolicy the policy of {@link Tls#TERMINATE}
 * @param upstreams where connections go
 * @param policy which of them is taken; random, round robin, least connections, first and hash by address are known
 * @param proxyProtocol version of the PROXY protocol by which upstreams are told the client's address, 1 or 2; 0 is not at all
 * @param idleTimeout how long datagrams of one client may be missing
 * @param extensions what a document said that nobody here knows; kept
 */
@Value.Builder
public record L4Route(
        @JsonProperty("id") String id,
        @JsonProperty("name") Optional<String> name,
        @JsonProperty("owner") Optional<String> owner,

        @JsonProperty("enabled") @JsonDeserialize(using = UnlessSaid.class)
        boolean enabled,

        @JsonProperty("listen") List<L4Listen> listen,
        @JsonProperty("serverNames") List<String> serverNames,
        @JsonProperty("sources") List<String> sources,
        @JsonProperty("tls") Tls tls,
        @JsonProperty("tlsPolicy") Optional<String> tlsPolicy,
        @JsonProperty("upstreams") List<L4Upstream> upstreams,
        @JsonProperty("policy") Balancing.Policy policy,
        @JsonProperty("proxyProtocol") int proxyProtocol,
        @JsonProperty("idleTimeout") Duration idleTimeout,
        @JsonProperty("extensions") Map<String, Json> extensions) {

    /** Puts in what is left out. */
    public L4Route {
        requireNonNull(id, "id");
        name = Values.optional(name);
        owner = Values.optional(owner);
        listen = Values.list(listen);
        serverNames = Values.list(serverNames);
        sources = Values.list(sources);
        tls = tls == null ? Tls.PASS : tls;
        tlsPolicy = Values.optional(tlsPolicy);
        upstreams = Values.list(upstreams);
        policy = policy == null ? Balancing.Policy.ROUND_ROBIN : policy;
        idleTimeout = idleTimeout == null ? Duration.ofSeconds(30) : idleTimeout;
        extensions = Values.map(extensions);
    }

    /** Returns a builder of a route that is in use; where it listens and leads is to be added. */
    public static L4RouteBuilder builder(String id) {
        return new L4RouteBuilder()
                .id(id)
                .enabled(true)
                .tls(Tls.PASS)
                .policy(Balancing.Policy.ROUND_ROBIN)
                .proxyProtocol(0)
                .idleTimeout(Duration.ofSeconds(30));
    }

    /** What happens to TLS. */
    public enum Tls {
        /** It is passed on as it is. */
        @JsonProperty("pass")
        PASS,
        /** It ends here, and upstreams get what is in it. */
        @JsonProperty("terminate")
        TERMINATE
    }
}
