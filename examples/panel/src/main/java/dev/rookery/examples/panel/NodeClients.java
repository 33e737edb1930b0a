package dev.rookery.examples.panel;

import dev.rookery.api.node.Node;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.wings.CertificatePin;
import dev.rookery.wings.HttpNode;
import java.net.URI;
import java.time.Clock;
import okhttp3.OkHttpClient;

/** Reaches nodes over HTTP: one client for all of them, one {@link HttpNode} for each. */
final class NodeClients {

    private NodeClients() {}

    static NodeDirectory over(OkHttpClient http, URI panelUrl, Clock clock) {
        return NodeDirectory.keeping(node -> connect(node, http, panelUrl, clock));
    }

    private static Node connect(NodeRecord node, OkHttpClient http, URI panelUrl, Clock clock) {
        var client = HttpNode.builder(node.url(), node.credentials())
                .client(http)
                .panelUrl(panelUrl.toString())
                .clock(clock);
        node.certificate().map(CertificatePin::certificate).ifPresent(client::pins);
        return client.build();
    }
}
