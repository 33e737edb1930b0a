package dev.rookery.proxy.internal.probe;

import dev.rookery.api.InvalidInputException;
import java.util.List;

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
        return taken().address();
    }

    /** Returns the port of this machine that it takes. */
    public Port taken() {
        return new Port(host, port, false);
    }

    /** Returns the place, for people. */
    public String shown() {
        return taken().shown();
    }
}
