package dev.rookery.daemon.internal.machine;

import dev.rookery.api.UnavailableException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The addresses of this machine. */
public final class HostAddresses {

    private HostAddresses() {}

    /**
     * Returns the addresses that others can reach, of both families: neither loopback nor link-local.
     *
     * @param further ones that the operator names, such as those of a router before this machine
     */
    public static List<String> all(Collection<String> further) {
        var found = new LinkedHashSet<String>();
        try {
            for (var network : NetworkInterface.networkInterfaces().toList()) {
                if (usable(network)) {
                    network.inetAddresses()
                            .filter(HostAddresses::reachable)
                            .forEach(address -> found.add(text(address)));
                }
            }
        } catch (SocketException e) {
            throw new UnavailableException("the addresses of this machine cannot be listed", e);
        }
        found.addAll(further);
        return List.copyOf(found);
    }

    /** One that has gone since it was listed, as those of containers do, has no addresses. */
    private static boolean usable(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean reachable(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress();
    }

    private static String text(InetAddress address) {
        var text = address.getHostAddress();
        int scope = text.indexOf('%');
        var plain = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address v6 ? Ipv6Text.of(v6.getAddress()) : plain;
    }
}
