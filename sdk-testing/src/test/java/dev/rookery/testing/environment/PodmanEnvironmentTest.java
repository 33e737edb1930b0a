package dev.rookery.testing.environment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * Containers of Podman, over its socket for Docker's clients. Experimental: asked for by {@code ROOKERY_PODMAN=unix:///its/socket}; it needs
 * the image {@code rookery/test:1}. What differs is in docs/operations/node.md.
 */
@Tag("foreign")
class PodmanEnvironmentTest extends OwnEnvironmentContract.Docker {

    @BeforeAll
    static void requireSocket() {
        assumeTrue(System.getenv("ROOKERY_PODMAN") != null, "needs foreign: ROOKERY_PODMAN names no socket");
    }

    @Override
    DockerOptions options() {
        var network = NetworkOptions.builder()
                .name("rookery_podman")
                .networkMode("rookery_podman")
                .bridgeName("rookery-pod0")
                .subnet("10.214.7.0/24")
                .gateway("10.214.7.1")
                .build();
        return DockerOptions.builder()
                .socket(System.getenv("ROOKERY_PODMAN"))
                .network(network)
                // Podman has no driver "local".
                .log(new DockerOptions.Log("", Map.of()))
                .build();
    }
}
