package dev.rookery.testing;

import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.internal.http.HttpEdge;
import dev.rookery.daemon.internal.http.HttpEdgeOptions;
import dev.rookery.testing.node.FakeNode;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;

/** The daemon's HTTP edge in front of a fake node. */
record RunningEdge(FakeNode node, HttpEdge edge, NodeCredentials credentials) implements AutoCloseable {

    static RunningEdge over(FakeNode node) throws IOException {
        var credentials = NodeCredentials.random(new SecureRandom());
        var options = HttpEdgeOptions.builder()
                .host("127.0.0.1")
                .port(0)
                .panelUrl("https://panel.example.com")
                .build();
        var edge = HttpEdge.builder(node, credentials, options).build();
        edge.start();
        return new RunningEdge(node, edge, credentials);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + edge.port());
    }

    @Override
    public void close() {
        edge.close();
        node.close();
    }
}
