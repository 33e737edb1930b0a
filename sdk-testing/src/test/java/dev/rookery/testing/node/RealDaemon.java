package dev.rookery.testing.node;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.daemon.ServerRuntime;
import dev.rookery.testing.panel.FakePanel;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;

/** A daemon with real servers and an HTTP edge on a free port of the loopback interface. */
final class RealDaemon implements AutoCloseable {

    static final URI PANEL_URL = URI.create("http://panel.rookery.example");

    private static final String NETWORK = "rookery_contract";

    final FakePanel panel = new FakePanel();
    final NodeCredentials credentials = NodeCredentials.random(new SecureRandom());
    final Daemon daemon;

    /** On the container engine. */
    RealDaemon(Path root) {
        this(root, ServerRuntime.DOCKER);
    }

    RealDaemon(Path root, ServerRuntime runtime) {
        this(
                root,
                runtime,
                DockerOptions.builder()
                        .network(network("rookery-ct0", "10.214.1"))
                        .build());
    }

    private RealDaemon(Path root, ServerRuntime runtime, DockerOptions docker) {
        daemon = Daemon.builder(
                        DaemonOptions.builder(UUID.randomUUID(), root)
                                .credentials(credentials)
                                .panelUrl(PANEL_URL)
                                .api(ApiOptions.builder()
                                        .host("127.0.0.1")
                                        .port(0)
                                        .build())
                                .runtime(runtime)
                                .docker(docker)
                                .build(),
                        panel)
                .build();
        daemon.start();
    }

    /** On the second, current engine. */
    static RealDaemon onCurrentEngine(Path root) {
        return new RealDaemon(
                root,
                ServerRuntime.DOCKER,
                DockerOptions.builder()
                        .socket(System.getenv("ROOKERY_CURRENT_ENGINE"))
                        .network(network("rookery-cu1", "10.214.4"))
                        .build());
    }

    private static NetworkOptions network(String bridge, String addresses) {
        return NetworkOptions.builder()
                .name(NETWORK)
                .networkMode(NETWORK)
                .bridgeName(bridge)
                .subnet(addresses + ".0/24")
                .gateway(addresses + ".1")
                .build();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + daemon.address().orElseThrow().getPort());
    }

    @Override
    public void close() {
        daemon.close();
    }
}
