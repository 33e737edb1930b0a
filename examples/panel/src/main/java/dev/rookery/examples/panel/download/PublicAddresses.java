package dev.rookery.examples.panel.download;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses belong to the public Internet. Everything that is set aside for machines, links, private networks, carriers,
 * documentation, tests, groups and for carrying other addresses does not: IANA's special-purpose registries, with IPv6 the other way
 * round, since only one eighth of it is given out.
 */
public final class PublicAddresses {

    private static final List<Block> RESERVED = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 3));

    private static final Block GIVEN_OUT = Block.of("2000::", 3);
    private static final List<Block> RESERVED_6 = List.of(
            // Teredo, benchmarks, documentation of protocols, ORCHID.
            Block.of("2001::", 23),
            Block.of("2001:db8::", 32),
            // 6to4 carries an IPv4 address.
            Block.of("2002::", 16),
            Block.of("3fff::", 20));

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

    /** The addresses that begin with the same bits. */
    private static final class Block {

        private final byte[] start;
        private final int bits;

        private Block(byte[] start, int bits) {
            this.start = start;
            this.bits = bits;
        }

        static Block of(String start, int bits) {
            try {
                return new Block(InetAddress.getByName(start).getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("a literal address needs no name service", e);
            }
        }

        boolean contains(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((bytes[bit / Byte.SIZE] & mask) != (start[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
