package dev.rookery.examples.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.node.Node;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.wings.HttpNode;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;

/** Reaches nodes over HTTP: one client for all of them, one {@link HttpNode} for each. Thread-safe. */
final class NodeClients implements NodeDirectory {

    private final OkHttpClient http;
    private final URI panelUrl;
    private final Clock clock;
    private final Map<NodeId, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(URI url, NodeCredentials credentials, Node node) {}

    NodeClients(OkHttpClient http, URI panelUrl, Clock clock) {
        this.http = http;
        this.panelUrl = panelUrl;
        this.clock = clock;
    }

    @Override
    public Node node(NodeRecord node) {
        return entries.compute(
                        node.id(),
                        (id, known) -> known != null
                                        && known.url().equals(node.url())
                                        && known.credentials().equals(node.credentials())
                                ? known
                                : connect(node))
                .node();
    }

    private Entry connect(NodeRecord node) {
        var client = HttpNode.builder(node.url(), node.credentials())
                .client(http)
                .panelUrl(panelUrl.toString())
                .clock(clock)
                .build();
        return new Entry(node.url(), node.credentials(), client);
    }
}
