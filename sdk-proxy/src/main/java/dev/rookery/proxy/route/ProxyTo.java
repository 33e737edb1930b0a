package dev.rookery.proxy.route;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Passes the request on to an upstream.
 *
 * @param upstreams 1 to 64, all with TLS or none
 * @param hostHeader what the upstream sees as the host
 * @param balancing which upstream is taken, and what happens if it fails
 * @param activeHealth asks upstreams whether they work
 * @param passiveHealth learns from answers whether upstreams work
 * @param transport time limits and TLS of the connections to them
 * @param discovery finds further upstreams by DNS, in place of the list
 * @param flushAtOnce whether each piece of an answer is passed on at once, as streams of events want it
 */
@Value.Builder
public record ProxyTo(
        @JsonProperty("upstreams") List<Upstream> upstreams,
        @JsonProperty("hostHeader") HostHeader hostHeader,
        @JsonProperty("balancing") Balancing balancing,
        @JsonProperty("activeHealth") Optional<ActiveHealth> activeHealth,
        @JsonProperty("passiveHealth") Optional<PassiveHealth> passiveHealth,
        @JsonProperty("transport") Transport transport,
        @JsonProperty("discovery") Optional<Discovery> discovery,
        @JsonProperty("flushAtOnce") boolean flushAtOnce)
        implements Action {

    /** Puts in what is left out. */
    public ProxyTo {
        upstreams = Values.list(upstreams);
        hostHeader = hostHeader == null ? HostHeader.KEPT : hostHeader;
        balancing = balancing == null ? Balancing.USUAL : balancing;
        activeHealth = Values.optional(activeHealth);
        passiveHealth = Values.optional(passiveHealth);
        transport = transport == null ? Transport.USUAL : transport;
        discovery = Values.optional(discovery);
    }

    /** Returns a builder of what passes requests on to these upstreams. */
    public static ProxyToBuilder builder(Upstream... upstreams) {
        return new ProxyToBuilder()
                .addUpstreams(upstreams)
                .hostHeader(HostHeader.KEPT)
                .balancing(Balancing.USUAL)
                .transport(Transport.USUAL)
                .flushAtOnce(false);
    }

    /** Returns what passes requests on to these upstreams, with all that is usual. */
    public static ProxyTo of(Upstream... upstreams) {
        return builder(upstreams).build();
    }
}
