package dev.rookery.api.panel;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;

/**
 * An address that a server listens on.
 *
 * @param ip an address of the node
 * @param port 1 to 65535; 0 stands for "no allocation" where the protocol asks for one all the same
 */
public record Allocation(
        @JsonProperty("ip") String ip, @JsonProperty("port") int port) {

    /** Checks its arguments. */
    public Allocation {
        requireNonNull(ip, "ip");
        if (port < 0 || port > 65535) {
            throw new InvalidInputException("port: " + port + " (expected: 1 to 65535, or 0 for none)");
        }
    }

    @Override
    public String toString() {
        return ip.indexOf(':') < 0 ? ip + ":" + port : "[" + ip + "]:" + port;
    }
}
