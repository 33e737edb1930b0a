package dev.rookery.testing;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.daemon.ApiOptions;
import dev.rookery.daemon.NodeEndpoint;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;

/** The daemon's HTTP edge in front of a fake node. */
record RunningEdge(FakeNode node, NodeEndpoint endpoint, NodeCredentials credentials) implements AutoCloseable {

    static final String PANEL = "https://panel.example.com";

    static RunningEdge over(FakeNode node) throws IOException {
        return over(node, Dialect.PELICAN);
    }

    static RunningEdge over(FakeNode node, Dialect dialect) throws IOException {
        var credentials = NodeCredentials.random(new SecureRandom());
        var endpoint = NodeEndpoint.builder(node, credentials)
                .api(ApiOptions.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .dialect(dialect)
                        .build())
                .panelUrl(PANEL)
                .build();
        endpoint.start();
        node.dialect(dialect);
        return new RunningEdge(node, endpoint, credentials);
    }

    URI url() {
        return endpoint.url();
    }

    HttpNode client() {
        return HttpNode.builder(url(), credentials).panelUrl(PANEL).build();
    }

    @Override
    public void close() {
        endpoint.close();
        node.close();
    }
}
