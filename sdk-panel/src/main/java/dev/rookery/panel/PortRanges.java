package dev.rookery.panel;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.panel.Allocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Reads ports as people write them: {@code 25565}, {@code 25565-25570}, or several of these separated by commas. */
public final class PortRanges {

    /** How many ports one text may stand for. */
    public static final int MAX = 1000;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:\\s*-\\s*(\\d{1,5}))?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final int LOWEST = 1;
    private static final int HIGHEST = 65_535;

    private PortRanges() {}

    /**
     * Returns the allocations of an address.
     *
     * @param ip an IPv4 or IPv6 address
     * @param ports such as {@code 25565-25570,30000}
     * @throws InvalidInputException if either cannot be read, or there are more than {@link #MAX} ports
     */
    public static List<Allocation> parse(String ip, String ports) {
        var address = ip.strip();
        if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            throw new InvalidInputException("ip: '" + ip + "' (expected: an address such as 203.0.113.10)");
        }
        var numbers = new LinkedHashSet<Integer>();
        for (var part : ports.split(",", -1)) {
            var range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw malformed(part);
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            if (from < LOWEST || to > HIGHEST || to < from) {
                throw malformed(part);
            }
            if (numbers.size() + (to - from + 1) > MAX) {
                throw new InvalidInputException("ports: '" + ports + "' (expected: at most " + MAX + " ports at once)");
            }
            for (int port = from; port <= to; port++) {
                numbers.add(port);
            }
        }
        return numbers.stream().map(port -> new Allocation(address, port)).toList();
    }

    private static InvalidInputException malformed(String part) {
        return new InvalidInputException(
                "ports: '" + part.strip() + "' (expected: a port or range such as 25565 or 25565-25570, 1 to 65535)");
    }
}
