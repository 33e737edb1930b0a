package dev.rookery.api.panel;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses and ports of a server. Source: panel remote API §5.2.
 *
 * @param forceOutgoingIp whether outgoing traffic has to leave from the primary address
 * @param primary the allocation that {@code SERVER_IP} and {@code SERVER_PORT} show; {@code 127.0.0.1:0} if there is none
 * @param mappings every allocation, the primary included: ports by address
 */
public record Allocations(
        @JsonProperty("force_outgoing_ip") boolean forceOutgoingIp,
        @JsonProperty("default") Allocation primary,
        @JsonProperty("mappings") Map<String, List<Integer>> mappings) {

    private static final Allocation NO_ALLOCATION = new Allocation("127.0.0.1", 0);

    /** Fills in what the panel left out. */
    public Allocations {
        primary = primary == null ? NO_ALLOCATION : primary;
        var copy = new LinkedHashMap<String, List<Integer>>();
        if (mappings != null) {
            mappings.forEach((ip, ports) -> copy.put(ip, ports == null ? List.of() : List.copyOf(ports)));
        }
        mappings = Collections.unmodifiableMap(copy);
    }

    /** Returns no allocation at all. */
    public static Allocations none() {
        return new Allocations(false, NO_ALLOCATION, Map.of());
    }

    /**
     * Returns a primary allocation and others beside it.
     *
     * @param primary the one that the server is told of
     * @param others further ones; the primary may be among them
     */
    public static Allocations of(Allocation primary, Collection<Allocation> others) {
        var mappings = new LinkedHashMap<String, List<Integer>>();
        mappings.computeIfAbsent(primary.ip(), ip -> new ArrayList<>()).add(primary.port());
        for (var other : others) {
            var ports = mappings.computeIfAbsent(other.ip(), ip -> new ArrayList<>());
            if (!ports.contains(other.port())) {
                ports.add(other.port());
            }
        }
        return new Allocations(false, primary, mappings);
    }
}
