package dev.rookery.api.egg.simulation;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import java.time.ZoneId;

/**
 * What a simulation has to know of the node.
 *
 * @param timeZone the time zone that servers get unless they choose one
 * @param networkAddress the node's address on the servers' network
 */
@Incubating
public record SimulatedNode(ZoneId timeZone, String networkAddress) {

    /** Checks its arguments. */
    public SimulatedNode {
        requireNonNull(timeZone, "timeZone");
        requireNonNull(networkAddress, "networkAddress");
    }

    /** Returns a node in UTC whose network has the address {@code 172.18.0.1}. */
    public static SimulatedNode defaults() {
        return new SimulatedNode(ZoneId.of("UTC"), "172.18.0.1");
    }
}
