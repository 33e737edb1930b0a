package dev.rookery.testing.node;

import dev.rookery.api.node.Node;
import dev.rookery.testing.panel.FakePanel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pelican's own daemon keeps the contract, asked by our client, with our panel behind it. */
@Tag("docker")
@Tag("foreign")
@Timeout(180)
class PelicanWingsTest extends NodeContract {

    @TempDir
    static Path data;

    private static ForeignWings wings;
    private static Node node;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        wings = new ForeignWings("pelican", Path.of(System.getenv("ROOKERY_WINGS_PELICAN")), data);
        node = wings.node();
    }

    @AfterAll
    static void stop() {
        wings.close();
    }

    @Override
    protected Node node() {
        return node;
    }

    @Override
    protected FakePanel panel() {
        return wings.panel;
    }
}
