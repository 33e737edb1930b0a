package dev.rookery.examples.panel.http;

import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** A panel with a proxy, and a fake of Cloudflare that has one zone. */
abstract class CloudflareCases extends ProxyCases {

    static final String MAIN = "/api/cf/bindings/main";

    FakeCloudflare cloudflare;

    /** Starts the panel, which asks the fake. */
    abstract ProxyPanel start(Path folder, FakeCloudflare cloudflare) throws IOException;

    @Override
    final ProxyPanel start(Path folder) throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.addZone("example.net");
        return start(folder, cloudflare);
    }

    @Override
    @AfterEach
    void stop() {
        super.stop();
        cloudflare.close();
    }

    /** Saves the only account that there is. */
    final PanelClient.Answer save(String token) {
        return proxy.put(MAIN, binding(token));
    }

    static String binding(String token) {
        return "{\"id\":\"main\",\"accountId\":\"" + FakeCloudflare.ACCOUNT
                + "\",\"proxyUrl\":\"http://127.0.0.1:8080\",\"tokenValue\":\"" + token + "\"}";
    }
}
