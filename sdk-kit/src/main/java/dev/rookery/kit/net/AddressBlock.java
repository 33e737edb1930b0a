package dev.rookery.kit.net;

import dev.rookery.api.InvalidInputException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The addresses that begin with the same bits, such as {@code 10.0.0.0/8}. Immutable. */
public final class AddressBlock {

    /** What no name of a host is made of, so that nobody is asked for it. */
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static final int DIGITS_MAX = 3;

    private final byte[] start;
    private final int bits;

    private AddressBlock(byte[] start, int bits) {
        this.start = start;
        this.bits = bits;
    }

    /**
     * Reads a block, or a single address.
     *
     * @throws InvalidInputException if it is none
     */
    public static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (!LITERAL.matcher(address).matches()) {
            throw wrong(text);
        }
        try {
            byte[] start = InetAddress.getByName(address).getAddress();
            int all = start.length * Byte.SIZE;
            int bits = slash < 0 ? all : bits(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw wrong(text);
            }
            return new AddressBlock(start, bits);
        } catch (UnknownHostException ignored) {
            // What the library says adds nothing.
            throw wrong(text);
        }
    }

    /** Returns whether an address is one of these. */
    public boolean contains(InetAddress address) {
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

    private static int bits(String text) {
        boolean number =
                !text.isEmpty() && text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(text) : -1;
    }

    private static InvalidInputException wrong(String text) {
        return new InvalidInputException("network: '" + text + "' (expected: such as 10.0.0.0/8 or fd00::/8)");
    }
}
