package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.route.Exposure;
import java.util.Optional;

/**
 * A domain that a server is to get.
 *
 * @param domain the name; the case of letters means nothing
 * @param ip the address that the port is at; empty will do if the server has the port at one address only
 * @param port one of the server's
 * @param exposure how it is reached
 */
public record NewDomain(String domain, Optional<String> ip, int port, Exposure exposure) {

    /** Checks its arguments. */
    public NewDomain {
        requireNonNull(domain, "domain");
        requireNonNull(ip, "ip");
        requireNonNull(exposure, "exposure");
    }

    /** At the only address that has the port. */
    public NewDomain(String domain, int port, Exposure exposure) {
        this(domain, Optional.empty(), port, exposure);
    }
}
