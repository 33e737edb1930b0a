package dev.rookery.kit.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses belong to the public Internet. Everything that is set aside for machines, links, private networks, carriers,
 * documentation, tests, groups and for carrying other addresses does not: IANA's special-purpose registries, with IPv6 the other way
 * round, since only one eighth of it is given out.
 */
public final class PublicAddresses {

    private static final List<AddressBlock> RESERVED = List.of(
            AddressBlock.parse("0.0.0.0/8"),
            AddressBlock.parse("10.0.0.0/8"),
            AddressBlock.parse("100.64.0.0/10"),
            AddressBlock.parse("127.0.0.0/8"),
            AddressBlock.parse("169.254.0.0/16"),
            AddressBlock.parse("172.16.0.0/12"),
            AddressBlock.parse("192.0.0.0/24"),
            AddressBlock.parse("192.0.2.0/24"),
            AddressBlock.parse("192.88.99.0/24"),
            AddressBlock.parse("192.168.0.0/16"),
            AddressBlock.parse("198.18.0.0/15"),
            AddressBlock.parse("198.51.100.0/24"),
            AddressBlock.parse("203.0.113.0/24"),
            AddressBlock.parse("224.0.0.0/3"));

    private static final AddressBlock GIVEN_OUT = AddressBlock.parse("2000::/3");
    private static final List<AddressBlock> RESERVED_6 = List.of(
            // Teredo, benchmarks, documentation of protocols, ORCHID.
            AddressBlock.parse("2001::/23"),
            AddressBlock.parse("2001:db8::/32"),
            // 6to4 carries an IPv4 address.
            AddressBlock.parse("2002::/16"),
            AddressBlock.parse("3fff::/20"));

    private PublicAddresses() {}

    /** Returns whether an address belongs to the public Internet. */
    public static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return RESERVED.stream().noneMatch(block -> block.contains(address));
        }
        // An IPv4 address within an IPv6 one is outside of what is given out, and Java itself turns mapped ones into
        // IPv4.
        return address instanceof Inet6Address
                && GIVEN_OUT.contains(address)
                && RESERVED_6.stream().noneMatch(block -> block.contains(address));
    }
}
