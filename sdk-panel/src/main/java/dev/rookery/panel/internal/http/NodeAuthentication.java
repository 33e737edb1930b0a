package dev.rookery.panel.internal.http;

import dev.rookery.api.NodeId;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.NodeStore;
import java.security.SecureRandom;

/** Tells which node calls. Source: panel remote API §1.2. Thread-safe. */
public final class NodeAuthentication {

    private final NodeStore nodes;

    /** Compared with when the id is unknown, so that it takes as long as a wrong secret. */
    private final NodeCredentials nobody = NodeCredentials.random(new SecureRandom());

    /** Creates the check. */
    public NodeAuthentication(NodeStore nodes) {
        this.nodes = nodes;
    }

    /** Returns the calling node, or fails: 401 without credentials, 400 if malformed, 403 if unknown or wrong. */
    NodeId node(PanelRequest request) {
        var presented = NodeCredentials.parse(Bearer.of(request))
                .orElseThrow(() -> new HttpFailure(
                        400, "BadRequest", "malformed credentials (expected: 'Bearer <token id>.<token>')"));
        var node = nodes.findByTokenId(presented.tokenId());
        boolean matches = node.map(NodeRecord::credentials).orElse(nobody).matches(presented.token());
        if (node.isEmpty() || !matches) {
            throw new HttpFailure(403, "Forbidden", "these credentials belong to no node of this panel");
        }
        return node.get().id();
    }
}
