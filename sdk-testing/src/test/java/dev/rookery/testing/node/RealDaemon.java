package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.daemon.DaemonOptionsBuilder;
import dev.rookery.daemon.DockerOptions;
import dev.rookery.daemon.NetworkOptions;
import dev.rookery.daemon.ServerRuntime;
import dev.rookery.testing.panel.FakePanel;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;

/** A daemon with real servers and an HTTP edge on a free port of the loopback interface. */
final class RealDaemon implements AutoCloseable {

    static final URI PANEL_URL = URI.create("http://panel.rookery.example");

    private static final String NETWORK = "rookery_contract";

    final FakePanel panel = new FakePanel();
    final NodeCredentials credentials;
    final Daemon daemon;

    /** On the container engine. */
    RealDaemon(Path root) {
        this(root, ServerRuntime.DOCKER);
    }

    RealDaemon(Path root, ServerRuntime runtime) {
        this(root, runtime, Dialect.PELICAN);
    }

    RealDaemon(Path root, ServerRuntime runtime, Dialect dialect) {
        this.credentials = NodeCredentials.random(new SecureRandom());
        this.daemon = start(options(root, runtime, dialect, credentials), panel);
    }

    /** Of a panel that is asked for so long. */
    RealDaemon(Path root, NodeCredentials credentials, Panel asked, Duration patience) {
        this.credentials = credentials;
        this.daemon = start(
                options(root, ServerRuntime.DOCKER, Dialect.PELICAN, credentials)
                        .panelTimeout(patience),
                asked);
    }

    private static DaemonOptionsBuilder options(
            Path root, ServerRuntime runtime, Dialect dialect, NodeCredentials credentials) {
        var network = NetworkOptions.builder()
                .name(NETWORK)
                .networkMode(NETWORK)
                .bridgeName("rookery-ct0")
                .subnet("10.214.1.0/24")
                .gateway("10.214.1.1")
                .build();
        return DaemonOptions.builder(UUID.randomUUID(), root)
                .credentials(credentials)
                .panelUrl(PANEL_URL)
                .api(ApiOptions.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .dialect(dialect)
                        .build())
                .runtime(runtime)
                .docker(DockerOptions.builder().network(network).build());
    }

    private static Daemon start(DaemonOptionsBuilder options, Panel panel) {
        var daemon = Daemon.builder(options.build(), panel).build();
        daemon.start();
        return daemon;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + daemon.address().orElseThrow().getPort());
    }

    @Override
    public void close() {
        daemon.close();
    }
}
