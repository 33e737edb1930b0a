package dev.rookery.examples.panel.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.route.Exposure;
import java.util.List;
import java.util.Optional;

/**
 * A name by which a server is reached.
 *
 * @param id of its route
 * @param domain the name
 * @param ip the address of the server that it leads to; empty if the server has lost the port
 * @param port which of the server's ports it leads to
 * @param exposure how it is reached
 * @param path where it begins; empty is every path
 * @param enabled whether it is in use
 * @param url where a browser goes
 * @param stages how far it is, in order
 */
public record ServerDomain(
        String id,
        String domain,
        Optional<String> ip,
        int port,
        Exposure exposure,
        Optional<String> path,
        boolean enabled,
        String url,
        List<DomainStage> stages) {

    /** Checks its arguments. */
    public ServerDomain {
        requireNonNull(id, "id");
        requireNonNull(domain, "domain");
        requireNonNull(ip, "ip");
        requireNonNull(exposure, "exposure");
        requireNonNull(path, "path");
        requireNonNull(url, "url");
        stages = List.copyOf(stages);
    }
}
