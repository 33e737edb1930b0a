package dev.rookery.testing.node;

import dev.rookery.api.node.Node;
import dev.rookery.testing.panel.FakePanel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon keeps the contract where it is embedded, on the real engine. */
@Tag("docker")
@Timeout(180)
class DaemonInProcessTest extends NodeContract {

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
    protected Node node() {
        return real.daemon.node();
    }

    @Override
    protected FakePanel panel() {
        return real.panel;
    }
}
