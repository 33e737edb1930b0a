package dev.rookery.testing.node;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.build.tiers.SecondLane;
import dev.rookery.testing.wire.WireContract;
import dev.rookery.testing.wire.WireNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon on the real engine answers byte by byte as Pelican's was recorded to, but where ours is another on purpose. */
@Tag("docker")
@Timeout(300)
@SecondLane
class DaemonWireTest extends WireContract {

    @TempDir
    static Path root;

    private static RealDaemon real;

    @BeforeAll
    static void start() {
        real = new RealDaemon(root);
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    @Override
    protected WireNode subject() {
        return new WireNode(
                Dialect.PELICAN, real.url(), real.credentials, RealDaemon.PANEL_URL.toString(), real.panel, true);
    }
}
