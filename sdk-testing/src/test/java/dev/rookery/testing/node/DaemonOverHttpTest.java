package dev.rookery.testing.node;

import dev.rookery.api.node.Node;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon keeps the contract behind its HTTP edge, asked by the client, on the real engine. */
@Tag("docker")
@Timeout(180)
class DaemonOverHttpTest extends NodeContract {

    @TempDir
    static Path root;

    private static RealDaemon real;
    private static Node node;

    @BeforeAll
    static void start() {
        real = new RealDaemon(root);
        node = HttpNode.builder(real.url(), real.credentials)
                .panelUrl(RealDaemon.PANEL_URL.toString())
                .build();
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    @Override
    protected Node node() {
        return node;
    }

    @Override
    protected FakePanel panel() {
        return real.panel;
    }
}
