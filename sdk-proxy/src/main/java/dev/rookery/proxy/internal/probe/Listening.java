package dev.rookery.proxy.internal.probe;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;

/**
 * Where a proxy listens for HTTP.
 *
 * @param host the address; empty are all
 * @param port of it
 * @param encrypted whether by TLS
 * @param names that have certificates there, as far as is known
 */
public record Listening(String host, int port, boolean encrypted, List<String> names) {

    /** Copies the names. */
    public Listening {
        names = List.copyOf(names);
    }

    /** Reads an address and a port, such as {@code 127.0.0.1:80}, {@code [::1]:80} or {@code :80}. */
    public static Listening parse(String text, boolean encrypted, List<String> names) {
        int colon = text.lastIndexOf(':');
        try {
            var host = text.substring(0, Math.max(0, colon));
            var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new Listening(bare, Integer.parseInt(text.substring(colon + 1)), encrypted, names);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("listener '" + text + "' (expected: an address and a port)", e);
        }
    }

    /** Returns the address at which this machine reaches it. */
    String address() {
        return host.isEmpty() || host.equals("*") || host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }

    /**
     * Makes sure that nobody has the ports that a proxy does not listen on yet; a port that may not be tried is free.
     *
     * @param wanted where it is to listen
     * @param present where it listens
     * @throws EngineException {@link Problem#REFUSED} if another program has one of them
     */
    public static void requireFree(List<Listening> wanted, List<Listening> present) {
        for (var one : wanted) {
            if (present.stream().noneMatch(one::same) && one.taken()) {
                throw new EngineException(
                        Problem.REFUSED,
                        "the port of " + one.shown() + " is taken by another program (expected: free)");
            }
        }
    }

    private boolean same(Listening other) {
        return host.equals(other.host) && port == other.port;
    }

    private boolean taken() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    host.isEmpty()
                            ? new InetSocketAddress(port)
                            : new InetSocketAddress(InetAddress.getByName(host), port));
            return false;
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the place, for people. */
    public String shown() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
