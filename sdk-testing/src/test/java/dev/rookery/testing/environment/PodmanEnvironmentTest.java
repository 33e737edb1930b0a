package dev.rookery.testing.environment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.daemon.internal.environment.docker.DockerEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Containers of Podman, over its socket for Docker's clients. Experimental: asked for by {@code ROOKERY_PODMAN=unix:///its/socket}; it needs
 * the image {@code rookery/test:1}. What differs is in docs/operations/node.md.
 */
@Tag("foreign")
class PodmanEnvironmentTest extends ServerEnvironmentContract {

    private static final UUID NODE = UUID.randomUUID();

    @TempDir
    static Path state;

    private static ExecutorService threads;

    @BeforeAll
    static void begin() {
        assumeTrue(System.getenv("ROOKERY_PODMAN") != null, "needs foreign: ROOKERY_PODMAN names no socket");
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void end() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    @Override
    protected ServerEnvironment open() {
        var network = NetworkOptions.builder()
                .name("rookery_podman")
                .networkMode("rookery_podman")
                .bridgeName("rookery-pod0")
                .subnet("10.214.7.0/24")
                .gateway("10.214.7.1")
                .build();
        var environment = new DockerEnvironment(
                DockerOptions.builder()
                        .socket(System.getenv("ROOKERY_PODMAN"))
                        .network(network)
                        // Podman has no driver "local".
                        .log(new DockerOptions.Log("", Map.of()))
                        .build(),
                new EnvironmentContext(NODE, state, Clock.systemUTC(), threads::execute));
        environment.prepare(CancelSignal.create());
        return environment;
    }

    @Override
    protected String image() {
        return "rookery/test:1";
    }
}
