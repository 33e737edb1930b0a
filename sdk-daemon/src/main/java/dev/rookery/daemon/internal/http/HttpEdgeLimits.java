package dev.rookery.daemon.internal.http;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Bounds of everything a client of the edge can make grow.
 *
 * @param connections open connections, 4096 by default; more are closed at once
 * @param jsonBodyBytes the largest body that is held in memory, 1 MiB by default
 * @param socketsPerServer open console sockets of one server, 30 by default. Source: node API §4.1
 * @param waitingSocketsPerServer console sockets of one server that have not shown a token, 32 by default; a further one closes the one
 *     that has waited longest
 * @param headTimeout how long a request line with its headers may take, 15 s by default
 * @param idleTimeout how long a client may neither send what is expected of it nor take what is sent to it, 60 s by default
 * @param authenticationTimeout how long a console socket may stay without a token, 60 s by default
 * @param tokenCheck how often a console's token is looked at, 30 s by default. Source: node API §4.5
 * @param tlsCheck how often certificate and key are looked at, 10 s by default
 * @param closeTimeout how long running requests may go on after the edge was told to close, 10 s by default
 */
@Value.Builder
public record HttpEdgeLimits(
        int connections,
        int jsonBodyBytes,
        int socketsPerServer,
        int waitingSocketsPerServer,
        Duration headTimeout,
        Duration idleTimeout,
        Duration authenticationTimeout,
        Duration tokenCheck,
        Duration tlsCheck,
        Duration closeTimeout) {

    private static final HttpEdgeLimits DEFAULTS = new HttpEdgeLimits(
            4096,
            1024 * 1024,
            30,
            32,
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    /** Checks the values. */
    public HttpEdgeLimits {
        requirePositive("connections", connections);
        requirePositive("jsonBodyBytes", jsonBodyBytes);
        requirePositive("socketsPerServer", socketsPerServer);
        requirePositive("waitingSocketsPerServer", waitingSocketsPerServer);
        requirePositive("headTimeout", headTimeout.toMillis());
        requirePositive("idleTimeout", idleTimeout.toMillis());
        requirePositive("authenticationTimeout", authenticationTimeout.toMillis());
        requirePositive("tokenCheck", tokenCheck.toMillis());
        requirePositive("tlsCheck", tlsCheck.toMillis());
        requirePositive("closeTimeout", closeTimeout.toMillis());
    }

    /** Returns the defaults. */
    public static HttpEdgeLimits defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that begins with the defaults. */
    public static HttpEdgeLimitsBuilder builder() {
        return new HttpEdgeLimitsBuilder().from(DEFAULTS);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new InvalidInputException(name + ": " + value + " (expected: > 0)");
        }
    }
}
