package dev.rookery.examples.panel;

import dev.rookery.api.NodeId;
import dev.rookery.api.node.Node;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.wings.CertificatePin;
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

    private record Entry(NodeRecord record, Node node) {

        boolean reaches(NodeRecord other) {
            return record.url().equals(other.url())
                    && record.credentials().equals(other.credentials())
                    && record.certificate().equals(other.certificate());
        }
    }

    NodeClients(OkHttpClient http, URI panelUrl, Clock clock) {
        this.http = http;
        this.panelUrl = panelUrl;
        this.clock = clock;
    }

    @Override
    public Node node(NodeRecord node) {
        return entries.compute(node.id(), (id, known) -> known != null && known.reaches(node) ? known : connect(node))
                .node();
    }

    private Entry connect(NodeRecord node) {
        var client = HttpNode.builder(node.url(), node.credentials())
                .client(http)
                .panelUrl(panelUrl.toString())
                .clock(clock);
        node.certificate().map(CertificatePin::certificate).ifPresent(client::pins);
        return new Entry(node, client.build());
    }
}
