package dev.rookery.daemon;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The network that servers are on. It is created if it is missing.
 *
 * @param name its name; default {@code rookery_nw}
 * @param networkMode what containers are given as their network mode; default the name
 * @param driver its driver; default {@code bridge}
 * @param bridgeName name of the Linux bridge; default {@code rookery0}; empty means that the engine chooses
 * @param internal whether it has no way to the outside; default false
 * @param interContainer whether servers may speak with each other; default true
 * @param mtu its MTU; default 1500
 * @param subnet its IPv4 subnet; default {@code 172.18.0.0/16}; if it is taken, the engine chooses another
 * @param gateway its IPv4 gateway; default {@code 172.18.0.1}
 * @param ipv6 its IPv6 part; default none
 * @param interfaceAddress this host's address as servers are told it, in place of {@code 127.0.0.1}; default the gateway
 * @param ispn whether the network is the provider's, so that nothing can be bound to an address of this host only; default false, and true
 *     with the drivers {@code overlay} and {@code weavemesh}
 * @param dns name servers of the containers; default {@code 1.1.1.1} and {@code 1.0.0.1}
 */
@Value.Builder
public record NetworkOptions(
        String name,
        String networkMode,
        String driver,
        String bridgeName,
        boolean internal,
        boolean interContainer,
        int mtu,
        String subnet,
        String gateway,
        Optional<Ipv6> ipv6,
        Optional<String> interfaceAddress,
        boolean ispn,
        List<String> dns) {

    /** Checks every value. */
    public NetworkOptions {
        Checks.notBlank(name, "docker.network.name");
        Checks.notBlank(networkMode, "docker.network.network_mode");
        Checks.notBlank(driver, "docker.network.driver");
        Checks.range(576, mtu, 65535, "docker.network.network_mtu");
        Checks.notBlank(subnet, "docker.network.interfaces.v4.subnet");
        Checks.notBlank(gateway, "docker.network.interfaces.v4.gateway");
        ispn = ispn || driver.equals("overlay") || driver.equals("weavemesh");
        dns = List.copyOf(dns);
    }

    /** Returns a builder with every default. */
    public static NetworkOptionsBuilder builder() {
        return new NetworkOptionsBuilder()
                .name("rookery_nw")
                .networkMode("rookery_nw")
                .driver("bridge")
                .bridgeName("rookery0")
                .internal(false)
                .interContainer(true)
                .mtu(1500)
                .subnet("172.18.0.0/16")
                .gateway("172.18.0.1")
                .ispn(false)
                .dns(List.of("1.1.1.1", "1.0.0.1"));
    }

    /**
     * The IPv6 part of the network.
     *
     * @param subnet its subnet
     * @param gateway its gateway
     */
    public record Ipv6(String subnet, String gateway) {}
}
