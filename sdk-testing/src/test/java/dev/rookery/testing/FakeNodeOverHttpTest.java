package dev.rookery.testing;

import dev.rookery.api.node.Node;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.node.NodeContract;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Client and edge lose nothing of the contract on the wire, whatever node stands behind it; no engine needed. */
@Timeout(120)
class FakeNodeOverHttpTest extends NodeContract {

    private static final FakePanel PANEL = new FakePanel();

    private static RunningEdge edge;
    private static Node node;

    @BeforeAll
    static void start() throws IOException {
        edge = RunningEdge.over(FakeNode.create(PANEL));
        node = HttpNode.builder(edge.url(), edge.credentials())
                .panelUrl("https://panel.example.com")
                .build();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Override
    protected Node node() {
        return node;
    }

    @Override
    protected FakePanel panel() {
        return PANEL;
    }
}
