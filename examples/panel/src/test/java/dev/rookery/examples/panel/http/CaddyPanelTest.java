package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.proxy.engine.TrafficClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A panel whose proxy is a Caddy that it drives. */
@Tag("caddy")
class CaddyPanelTest extends EngineCases {

    @Override
    ProxyPanel start(Path folder) throws IOException {
        return ProxyPanel.start(folder);
    }

    @Test
    void aRouteAnswersByHttpsWithACertificateOfCaddysOwn() throws IOException {
        proxy.settle("[{\"name\":\"own\",\"issuer\":{\"type\":\"internal\"}}]");
        var route = proxy.route("shop", "shop.example.net", ",\"tlsPolicy\":\"own\"")
                .replace("\"plain-http\"", "\"public\"");
        var made = proxy.admin().post("/api/routes", route);
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);

        try (var client = new TrafficClient(proxy.engine().httpsPort())) {
            assertThat(client.secure("shop.example.net", "/cart").text()).startsWith("one GET /cart");
        }
    }
}
