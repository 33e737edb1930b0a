package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a change with a real Caddy. */
@Tag("caddy")
class ProxyServiceCaddyTest {

    @TempDir
    Path folder;

    @Test
    void aRouteRunsAndWhatCannotStartIsUndone() throws Exception {
        var ports = FreePorts.of(5);
        var admin = "127.0.0.1:" + ports[0];
        try (var caddy = new RunningCaddy(folder, admin);
                var upstream = new LocalUpstream("one");
                var engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                        .admin(admin)
                        .program(RunningCaddy.PROGRAM)
                        .bootFile(caddy.bootFile())
                        .restart(caddy::restart)
                        .build());
                var service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                        .build();
                var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            caddy.await(() -> {
                try {
                    engine.running();
                    return true;
                } catch (EngineException notYet) {
                    return false;
                }
            });
            var settings = ProxySettings.builder()
                    .listenAddress("127.0.0.1")
                    .httpPort(ports[1])
                    .httpsPort(ports[2])
                    .addAllowedUpstreams("127.0.0.0/8")
                    .build();
            var route = HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("127.0.0.1", upstream.port())))
                    .addDomains("lobby.example.net")
                    .exposure(Exposure.PLAIN_HTTP)
                    .build();

            var first = service.change(
                    "anna",
                    "first",
                    document -> ProxyDocument.builder()
                            .from(document)
                            .settings(settings)
                            .addRoutes(route)
                            .build());
            assertThat(first.applied()).as("%s", first).isTrue();

            var second = service.change(
                    "anna",
                    "a port that is taken",
                    document -> ProxyDocument.builder()
                            .from(document)
                            .settings(ProxySettings.builder()
                                    .from(settings)
                                    .httpPort(taken.getLocalPort())
                                    .build())
                            .build());
            assertThat(second.outcome()).as("%s", second).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(service.head().document().settings()).isEqualTo(settings);
            assertThat(service.apply().applied()).isTrue();
        }
    }
}
