package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.apply.CloudSync;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.CloudflareOutbox;
import dev.rookery.proxy.cloudflare.CloudflareSync;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import dev.rookery.proxy.engine.CaddyEngine;
import dev.rookery.proxy.engine.CaddyEngineOptions;
import dev.rookery.proxy.engine.RunningCaddy;
import dev.rookery.proxy.engine.SupervisedCaddy;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.RouteStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where a program that changes routes is killed, and what it works on: known to it and to whoever looks at what it left.
 *
 * @param folder of all of it
 * @param cloudflare where the API is
 * @param admin the port of Caddy's administration
 * @param http a listener
 * @param https a listener
 * @param tunnel a listener
 * @param taken a port that somebody else has
 * @param version of the Caddy: it is not asked each time
 */
record CrashSite(Path folder, URI cloudflare, int admin, int http, int https, int tunnel, int taken, String version) {

    static CrashSite parse(List<String> words) {
        return new CrashSite(
                Path.of(words.get(0)),
                URI.create(words.get(1)),
                Integer.parseInt(words.get(2)),
                Integer.parseInt(words.get(3)),
                Integer.parseInt(words.get(4)),
                Integer.parseInt(words.get(5)),
                Integer.parseInt(words.get(6)),
                words.get(7));
    }

    List<String> words() {
        return List.of(
                folder.toString(),
                cloudflare.toString(),
                String.valueOf(admin),
                String.valueOf(http),
                String.valueOf(https),
                String.valueOf(tunnel),
                String.valueOf(taken),
                version);
    }

    RouteStore store() {
        return FileRouteStore.open(folder.resolve("state"));
    }

    /** Returns the engine; one that does not try ports first meets what Caddy 2.6 leaves behind when it cannot start. */
    CaddyEngine engine(boolean ports) {
        return CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                .admin(address())
                .program(RunningCaddy.PROGRAM)
                .features(EngineFeatures.caddy(version))
                .bootFile(SupervisedCaddy.bootFile(folder))
                .restart(() -> SupervisedCaddy.end(folder))
                .ports(ports)
                .build());
    }

    String address() {
        return "127.0.0.1:" + admin;
    }

    CloudSync cloud() {
        return new CloudflareSync(CloudflareOutbox.builder(folder.resolve("outbox"), "test")
                .secrets(secret -> FakeCloudflare.TOKEN)
                .api(token -> CloudflareApi.builder(token)
                        .baseUrl(cloudflare)
                        .callStep(Duration.ZERO)
                        .retryBudget(Duration.ZERO)
                        .build())
                .build());
    }

    /** Returns a document without routes. */
    ProxyDocument empty() {
        return ProxyDocument.builder()
                .settings(settings(http))
                .addCloudflare(CloudflareBinding.builder("main", FakeCloudflare.ACCOUNT, SecretRef.parse("vault:main"))
                        .deleteGrace(Duration.ZERO)
                        .build())
                .build();
    }

    ProxySettings settings(int httpPort) {
        return ProxySettings.builder()
                .listenAddress("127.0.0.1")
                .httpPort(httpPort)
                .httpsPort(https)
                .tunnelPort(tunnel)
                .build();
    }

    /** Returns a route that answers its number. */
    static HttpRoute route(String id, int number) {
        boolean tunnelled = id.startsWith("tunnel");
        var route = HttpRoute.builder(id, new Respond(200, "text/plain", Map.of(), id + " " + number))
                .addDomains(id + ".example.net")
                .exposure(tunnelled ? Exposure.TUNNEL : Exposure.PLAIN_HTTP);
        return tunnelled ? route.binding("main").build() : route.build();
    }
}
