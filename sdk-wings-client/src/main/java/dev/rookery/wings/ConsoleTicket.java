package dev.rookery.wings;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.InvalidInputException;
import java.net.URI;
import java.util.Set;

/**
 * What a panel hands to whoever may open a console: the {@code token} and {@code socket} of its answer. Source: node API §4.1.
 *
 * @param socket where the node listens, {@code wss://node.example/api/servers/<uuid>/ws}
 * @param token the token that the panel signed
 */
public record ConsoleTicket(URI socket, String token) {

    private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");

    /** Checks its arguments. */
    public ConsoleTicket {
        requireNonNull(token, "token");
        if (socket.getScheme() == null || !SCHEMES.contains(socket.getScheme()) || socket.getHost() == null) {
            throw new InvalidInputException("socket: " + socket + " (expected: ws(s)://host[:port]/path)");
        }
    }

    /** The token is not shown. */
    @Override
    public String toString() {
        return "ConsoleTicket[socket=" + socket + "]";
    }
}
