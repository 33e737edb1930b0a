package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proxies whose word about the client's address is taken, and that of nobody else: addresses and networks. Immutable. Source: node API
 * §1.6.
 */
public final class TrustedProxies {

    private static final String FORWARDED = "X-Forwarded-For";
    private static final String REAL_IP = "X-Real-IP";
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads addresses such as {@code 10.0.0.1} or {@code ::1} and networks such as {@code 10.0.0.0/8}.
     *
     * @throws InvalidInputException if one is neither
     */
    public static TrustedProxies of(List<String> texts) {
        return new TrustedProxies(texts.stream().map(Network::parse).toList());
    }

    /** Returns the address of who has asked, in words of the proxies before this node as far as these are trusted. */
    String client(SocketAddress connected, HttpHeaders headers) {
        if (!(connected instanceof InetSocketAddress peer) || peer.getAddress() == null) {
            return "";
        }
        byte[] address = plain(peer.getAddress().getAddress());
        if (!trusted(address)) {
            return text(address);
        }
        // Where there is a list, the other header may be what the client has written itself.
        byte[] forwarded =
                headers.contains(FORWARDED) ? forwarded(headers.getAll(FORWARDED)) : parse(headers.get(REAL_IP, ""));
        return text(forwarded == null ? address : forwarded);
    }

    /** From the nearest proxy outwards: what a client writes itself stands on the left, behind the last trusted one. */
    private byte @Nullable [] forwarded(List<String> values) {
        var hops = new ArrayList<String>();
        values.forEach(value -> hops.addAll(Arrays.asList(value.split(",", -1))));
        byte[] found = null;
        for (int i = hops.size() - 1; i >= 0; i--) {
            byte[] hop = parse(hops.get(i));
            if (hop == null) {
                // Somebody's text: nothing to the left of it is worth more.
                return found;
            }
            found = hop;
            if (!trusted(hop)) {
                return found;
            }
        }
        return found;
    }

    private boolean trusted(byte[] address) {
        for (var network : networks) {
            if (network.holds(address)) {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] parse(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text.strip());
        return bytes == null ? null : plain(bytes);
    }

    /** An IPv4 address that came over a socket of both families is one of IPv4. */
    private static byte[] plain(byte[] address) {
        if (address.length != V6_BYTES) {
            return address;
        }
        for (int i = 0; i < V6_BYTES - V4_BYTES; i++) {
            int expected = i < V6_BYTES - V4_BYTES - 2 ? 0 : 0xff;
            if ((address[i] & 0xff) != expected) {
                return address;
            }
        }
        return Arrays.copyOfRange(address, V6_BYTES - V4_BYTES, V6_BYTES);
    }

    private static String text(byte[] address) {
        return NetUtil.bytesToIpAddress(address);
    }

    private static final class Network {

        private final byte[] address;
        private final int bits;

        private Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        static Network parse(String text) {
            int slash = text.indexOf('/');
            byte[] address = TrustedProxies.parse(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                throw wrong(text);
            }
            int all = address.length * Byte.SIZE;
            try {
                int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > all) {
                    throw wrong(text);
                }
                return new Network(address, bits);
            } catch (NumberFormatException ignored) {
                // What the library says adds nothing.
                throw wrong(text);
            }
        }

        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if ((address[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static InvalidInputException wrong(String text) {
            return new InvalidInputException(
                    "api.trusted_proxies: '" + text + "' (expected: an address or a network, such as 10.0.0.0/8)");
        }
    }
}
