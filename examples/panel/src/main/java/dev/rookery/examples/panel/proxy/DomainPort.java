package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

/**
 * A port of a server that domains may lead to.
 *
 * @param ip the address that it is on
 * @param port its number
 * @param primary whether it is the server's first one
 */
public record DomainPort(String ip, int port, boolean primary) {

    /** Checks its arguments. */
    public DomainPort {
        requireNonNull(ip, "ip");
    }
}
