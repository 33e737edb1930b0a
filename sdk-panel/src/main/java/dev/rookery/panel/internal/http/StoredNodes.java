package dev.rookery.panel.internal.http;

import dev.rookery.api.NodeId;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.NodeStore;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;

/** Gives the panels of the nodes of a store. Source: panel remote API §1.2. Thread-safe. */
public final class StoredNodes implements Function<NodeCredentials, Optional<Panel>> {

    private final NodeStore nodes;

    /** Compared with when the id is unknown, so that it takes as long as a wrong secret. */
    private final NodeCredentials nobody = NodeCredentials.random(new SecureRandom());

    private final Function<NodeId, Panel> panels;

    /** Creates the source. */
    public StoredNodes(NodeStore nodes, Function<NodeId, Panel> panels) {
        this.nodes = nodes;
        this.panels = panels;
    }

    @Override
    public Optional<Panel> apply(NodeCredentials presented) {
        var node = nodes.findByTokenId(presented.tokenId());
        boolean matches = node.map(NodeRecord::credentials).orElse(nobody).matches(presented.token());
        return matches ? node.map(found -> panels.apply(found.id())) : Optional.empty();
    }
}
