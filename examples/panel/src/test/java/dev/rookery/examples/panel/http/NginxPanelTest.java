package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.LocalEngine;
import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.proxy.engine.FreePorts;
import dev.rookery.proxy.engine.TrafficClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A panel whose proxy is an nginx that it starts. */
@Tag("nginx")
class NginxPanelTest extends EngineCases {

    @Override
    ProxyPanel start(Path folder) throws IOException {
        return ProxyPanel.start(folder, LocalEngine.nginx(folder.resolve("nginx")));
    }

    @Test
    void connectionsGoWhereTheyLead() throws IOException {
        int port = FreePorts.of(1)[0];
        var made = proxy.admin()
                .post(
                        "/api/l4routes",
                        "{\"id\":\"game\",\"enabled\":true,\"listen\":[{\"protocol\":\"tcp\",\"host\":\"127.0.0.1\",\"port\":"
                                + port + "}],\"upstreams\":[{\"host\":\"127.0.0.1\",\"port\":"
                                + proxy.upstream().port() + "}]}");

        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        assertThat(made.body().path("outcome").asText()).isEqualTo("APPLIED");
        try (var client = new TrafficClient(port)) {
            assertThat(client.plain("any.example.net", "/through").text()).startsWith("one GET /through");
        }
    }
}
