package dev.rookery.proxy.internal.probe;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;

/**
 * A port of this machine.
 *
 * @param host the address; empty are all
 * @param port its number
 * @param datagrams whether of UDP, else of TCP
 */
public record Port(String host, int port, boolean datagrams) {

    /** Reads what Caddy calls a listener of connections or datagrams, such as {@code tcp/127.0.0.1:80} or {@code udp/:53}. */
    public static Port parse(String text) {
        int slash = text.indexOf('/');
        int colon = text.lastIndexOf(':');
        try {
            var host = text.substring(slash + 1, Math.max(slash + 1, colon));
            var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new Port(bare, Integer.parseInt(text.substring(colon + 1)), text.startsWith("udp"));
        } catch (NumberFormatException e) {
            throw new InvalidInputException("listener '" + text + "' (expected: an address and a port)", e);
        }
    }

    /**
     * Makes sure that nobody has the ports that a proxy does not listen on yet; a port that may not be tried is free.
     *
     * @param wanted where it is to listen
     * @param present where it listens
     * @throws EngineException {@link Problem#REFUSED} if another program has one of them
     */
    public static void requireFree(List<Port> wanted, List<Port> present) {
        for (var one : wanted) {
            if (present.stream().noneMatch(one::meets) && one.taken()) {
                throw new EngineException(
                        Problem.REFUSED,
                        "the port of " + one.shown() + " is taken by another program (expected: free)");
            }
        }
    }

    /** Whether one of them is in the other's way, such as one address and all. */
    private boolean meets(Port other) {
        return port == other.port
                && datagrams == other.datagrams
                && (host.equals(other.host) || all(host) || all(other.host));
    }

    /** Whether an address stands for all of this machine. */
    public static boolean all(String host) {
        return host.isEmpty() || host.equals("*") || host.equals("0.0.0.0") || host.equals("::");
    }

    /** Returns the address at which this machine reaches it: all of IPv6 need not be those of IPv4. */
    String address() {
        if (host.equals("::")) {
            return "::1";
        }
        return all(host) ? "127.0.0.1" : host;
    }

    private boolean taken() {
        try {
            var place = host.isEmpty()
                    ? new InetSocketAddress(port)
                    : new InetSocketAddress(InetAddress.getByName(host), port);
            if (datagrams) {
                new DatagramSocket(place).close();
            } else {
                bind(place);
            }
            return false;
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
        } catch (IOException e) {
            return false;
        }
    }

    private static void bind(InetSocketAddress place) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(place);
        }
    }

    /** Returns the place, for people. */
    public String shown() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
