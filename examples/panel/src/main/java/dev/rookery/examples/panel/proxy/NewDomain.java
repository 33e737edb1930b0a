package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.route.Exposure;

/**
 * A domain that a server is to get.
 *
 * @param domain the name; the case of letters means nothing
 * @param port one of the server's
 * @param exposure how it is reached
 */
public record NewDomain(String domain, int port, Exposure exposure) {

    /** Checks its arguments. */
    public NewDomain {
        requireNonNull(domain, "domain");
        requireNonNull(exposure, "exposure");
    }
}
