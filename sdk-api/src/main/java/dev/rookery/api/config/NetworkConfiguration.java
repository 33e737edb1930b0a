package dev.rookery.api.config;

import dev.rookery.api.dialect.Dialect;
import java.util.List;
import org.immutables.value.Value;

/**
 * The network of the containers. Source: node API §6.1.
 *
 * @param interfaceAddress the address of the machine in the network; default {@code 172.18.0.1}
 * @param interfaceBindingDisabled whether ports are bound without that address; default {@code false}
 * @param dns name servers of the containers; default {@code 1.1.1.1, 1.0.0.1}
 * @param name the network; made if it is not there; default {@code pelican_nw}
 * @param ispn whether the network belongs to the provider; default {@code false}
 * @param ipv6 whether the network has IPv6; default {@code true}
 * @param driver the driver of the network; default {@code bridge}
 * @param networkMode the network that containers join; default {@code pelican_nw}
 * @param calagopusMode the network that containers join, in Calagopus' spelling; default {@code pterodactyl_nw}
 * @param internal whether the network has no way out; default {@code false}
 * @param interContainer whether containers reach each other; default {@code true}
 * @param mtu the largest packet; default {@code 1500}
 * @param v4 addresses of IPv4
 * @param v6 addresses of IPv6
 */
@Value.Builder
public record NetworkConfiguration(
        @Key("interface") String interfaceAddress,
        @Key("disable_interface_binding") boolean interfaceBindingDisabled,
        @Key("dns") List<String> dns,
        @Key("name") String name,
        @Key("ispn") boolean ispn,
        @Key("IPv6") boolean ipv6,
        @Key("driver") String driver,
        @Key("network_mode") String networkMode,
        @Key("mode") String calagopusMode,
        @Key("is_internal") boolean internal,
        @Key("enable_icc") boolean interContainer,
        @Key("network_mtu") int mtu,
        @Key("interfaces.v4") V4 v4,
        @Key("interfaces.v6") V6 v6) {

    /** Copies the collections. */
    public NetworkConfiguration {
        dns = List.copyOf(dns);
    }

    /** Returns a builder that begins with Pelican's defaults. */
    public static NetworkConfigurationBuilder builder() {
        return new NetworkConfigurationBuilder()
                .from(NodeConfiguration.defaults(Dialect.PELICAN).docker().network());
    }

    /**
     * Addresses of IPv4.
     *
     * @param subnet the network's addresses; default {@code 172.18.0.0/16}
     * @param gateway the way out; default {@code 172.18.0.1}
     */
    public record V4(
            @Key("subnet") String subnet, @Key("gateway") String gateway) {}

    /**
     * Addresses of IPv6.
     *
     * @param subnet the network's addresses; default {@code fdba:17c8:6c94::/64}
     * @param gateway the way out; default {@code fdba:17c8:6c94::1011}
     */
    public record V6(
            @Key("subnet") String subnet, @Key("gateway") String gateway) {}
}
