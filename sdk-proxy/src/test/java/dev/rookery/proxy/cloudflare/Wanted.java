package dev.rookery.proxy.cloudflare;

import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.CloudflareBindingBuilder;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyDocumentBuilder;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.proxy.route.Upstream;
import java.util.UUID;

/** Makes documents for tests. */
final class Wanted {

    static final String MARK = "rookery:test:";

    private final ProxyDocumentBuilder document = ProxyDocument.builder();

    static CloudflareBindingBuilder binding(String id) {
        return CloudflareBinding.builder(id, FakeCloudflare.ACCOUNT, SecretRef.parse("vault:" + id));
    }

    /** Returns a document with the binding {@code main}, whose tunnel may have rules of others. */
    static Wanted main() {
        return new Wanted().with(binding("main").build());
    }

    Wanted with(CloudflareBinding binding) {
        document.addCloudflare(binding);
        return this;
    }

    /** Has the proxy listen for tunnels, which it does not have to as long as nobody applies the document. */
    Wanted listener(int port) {
        document.settings(ProxySettings.builder().tunnelPort(port).build());
        return this;
    }

    Wanted tunnel(String... hosts) {
        return routes(Exposure.TUNNEL, "10.20.0.9", 80, "main", hosts);
    }

    Wanted ssh(String... hosts) {
        return routes(Exposure.TUNNEL_TCP, "10.20.0.9", 22, "main", hosts);
    }

    Wanted direct(String address, String... hosts) {
        return routes(Exposure.DIRECT_DNS, address, 22, "main", hosts);
    }

    Wanted routes(Exposure exposure, String upstream, int port, String binding, String... hosts) {
        for (var host : hosts) {
            document.addRoutes(
                    HttpRoute.builder(UUID.randomUUID().toString(), ProxyTo.of(Upstream.http(upstream, port)))
                            .addDomains(host)
                            .exposure(exposure)
                            .binding(binding)
                            .build());
        }
        return this;
    }

    ProxyDocument document() {
        return document.build();
    }
}
