package dev.rookery.examples.panel;

import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.spi.NewNode;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.NodeStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;

/** Adds nodes and hands out the keys that enrol them. */
public final class NodeAdmin {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*\\]");

    private final NodeStore nodes;
    private final Enrolment enrolment;
    private final URI panelUrl;
    private final Clock clock;

    /**
     * Creates the administration.
     *
     * @param nodes where nodes are kept
     * @param enrolment makes the keys
     * @param panelUrl what a node is told to call
     * @param clock the time
     */
    public NodeAdmin(NodeStore nodes, Enrolment enrolment, URI panelUrl, Clock clock) {
        this.nodes = nodes;
        this.enrolment = enrolment;
        this.panelUrl = panelUrl;
        this.clock = clock;
    }

    /**
     * A key to show once.
     *
     * @param key the key
     * @param expiresAt when it ends
     * @param command what to run on the node
     */
    public record Key(String key, Instant expiresAt, String command) {
        /** Shows no secret. */
        @Override
        public String toString() {
            return "Key[expiresAt=" + expiresAt + "]";
        }
    }

    /**
     * Adds a node with new credentials.
     *
     * @throws InvalidInputException if the URL cannot be used
     * @throws dev.rookery.panel.spi.PanelException {@code NODE_NAME_IN_USE}
     */
    public NodeRecord add(String name, String url) {
        return nodes.add(NewNode.of(name, uri(url), clock.instant()));
    }

    /** Makes a key for a node. */
    public Key enrolmentKey(NodeId node) {
        var issued = enrolment.issue(node);
        var command = "rookery-node configure --panel-url " + panelUrl + " --token " + issued.key() + " --node " + node;
        boolean nameless = nodes.find(node)
                .map(NodeRecord::url)
                .filter(NodeAdmin::nameless)
                .isPresent();
        return new Key(issued.key(), issued.expiresAt(), nameless ? command + " --self-signed" : command);
    }

    /** Authorities sign names; who is reached at a bare address makes its certificate itself. */
    private static boolean nameless(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                && ADDRESS.matcher(url.getHost()).matches();
    }

    private static URI uri(String url) {
        try {
            return new URI(url.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new InvalidInputException(
                    "node url: '" + url + "' (expected: such as https://node1.example:8080)", e);
        }
    }
}
