package dev.rookery.testing.wire;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.testing.panel.FakePanel;
import java.net.URI;

/**
 * A node on the wire.
 *
 * @param dialect which recorded answers are expected
 * @param url where it listens
 * @param credentials what panel and node know each other by
 * @param panelUrl the panel's URL as the node has it, which browsers send as their origin
 * @param panel the panel that the node takes its servers from
 * @param ours whether it is a node of ours, which answers better where a daemon was seen to be wrong
 */
public record WireNode(
        Dialect dialect, URI url, NodeCredentials credentials, String panelUrl, FakePanel panel, boolean ours) {

    /** Checks its arguments. */
    public WireNode {
        requireNonNull(dialect, "dialect");
        requireNonNull(url, "url");
        requireNonNull(credentials, "credentials");
        requireNonNull(panelUrl, "panelUrl");
        requireNonNull(panel, "panel");
    }
}
