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
import dev.rookery.daemon.RemoteDownloadOptions;
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

    /** In Pelican's words. */
    RealDaemon(Path root, Ground ground) {
        this(root, ground, Dialect.PELICAN);
    }

    RealDaemon(Path root, Ground ground, Dialect dialect) {
        this.credentials = NodeCredentials.random(new SecureRandom());
        this.daemon = start(options(root, ground, dialect, credentials), panel);
    }

    /** On the machine's engine, of a panel that is asked for so long. */
    RealDaemon(Path root, NodeCredentials credentials, Panel asked, Duration patience) {
        this.credentials = credentials;
        this.daemon =
                start(options(root, Ground.ENGINE, Dialect.PELICAN, credentials).panelTimeout(patience), asked);
    }

    private static DaemonOptionsBuilder options(
            Path root, Ground ground, Dialect dialect, NodeCredentials credentials) {
        return DaemonOptions.builder(UUID.randomUUID(), root)
                .credentials(credentials)
                .panelUrl(PANEL_URL)
                .api(ApiOptions.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .dialect(dialect)
                        .build())
                .downloads(RemoteDownloadOptions.builder()
                        .addAllowedNetworks("127.0.0.0/8")
                        .build())
                .runtime(ground == Ground.PROCESSES ? ServerRuntime.PROCESS : ServerRuntime.DOCKER)
                .docker(ground.docker());
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

    /** What the servers run in. */
    enum Ground {
        /** The container engine of the machine. */
        ENGINE,
        /** The second, current engine. */
        CURRENT_ENGINE,
        /** Child processes. */
        PROCESSES;

        private DockerOptions docker() {
            return this == CURRENT_ENGINE
                    ? DockerOptions.builder()
                            .socket(System.getenv("ROOKERY_CURRENT_ENGINE"))
                            .network(network("rookery-cu1", "10.214.4"))
                            .build()
                    : DockerOptions.builder()
                            .network(network("rookery-ct0", "10.214.1"))
                            .build();
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
    }
}
