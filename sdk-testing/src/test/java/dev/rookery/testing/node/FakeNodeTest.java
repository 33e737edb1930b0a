package dev.rookery.testing.node;

import dev.rookery.api.node.Node;
import dev.rookery.testing.panel.FakePanel;
import org.junit.jupiter.api.AfterEach;

/** The fake keeps the contract that it stands in for. */
class FakeNodeTest extends NodeContract {

    private final FakePanel panel = new FakePanel();
    private final FakeNode node = FakeNode.create(panel);

    @AfterEach
    void closeNode() {
        node.close();
    }

    @Override
    protected Node node() {
        return node;
    }

    @Override
    protected FakePanel panel() {
        return panel;
    }
}
