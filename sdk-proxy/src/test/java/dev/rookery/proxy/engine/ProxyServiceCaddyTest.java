package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.internal.certificate.MadeCertificate;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxySettingsBuilder;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a change with a real Caddy. */
@Tag("caddy")
@SuppressWarnings("NullAway.Init") // JUnit starts all before each test
class ProxyServiceCaddyTest {

    @TempDir
    Path folder;

    private int[] ports = {};
    private RunningCaddy caddy;
    private LocalUpstream upstream;
    private CaddyEngine engine;
    private ProxyService service;

    @BeforeEach
    void start() throws Exception {
        ports = FreePorts.of(5);
        var admin = "127.0.0.1:" + ports[0];
        caddy = new RunningCaddy(folder, admin);
        upstream = new LocalUpstream("one");
        engine = CaddyEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                .admin(admin)
                .program(RunningCaddy.PROGRAM)
                .bootFile(caddy.bootFile())
                .restart(caddy::restart)
                .build());
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .build();
        caddy.await(() -> {
            try {
                engine.running();
                return true;
            } catch (EngineException notYet) {
                return false;
            }
        });
        var first = service.change(
                "anna",
                "first",
                document -> ProxyDocument.builder()
                        .settings(settings().build())
                        .addRoutes(route(Exposure.PLAIN_HTTP))
                        .build());
        assertThat(first.applied()).as("%s", first).isTrue();
    }

    @AfterEach
    void end() {
        service.close();
        engine.close();
        upstream.close();
        caddy.close();
    }

    @Test
    void whatCannotStartIsUndone() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var second = change(settings -> settings.httpPort(taken.getLocalPort()));

            assertThat(second.outcome()).as("%s", second).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(service.head().document().settings())
                    .isEqualTo(settings().build());
            assertThat(service.apply().applied()).isTrue();
        }
    }

    @Test
    void aPortOfItsOwnIsTakenByNobodyElse() throws Exception {
        var all = change(settings -> settings.listenAddress(""));

        assertThat(all.applied()).as("%s", all).isTrue();
        try (var client = new TrafficClient(ports[1])) {
            assertThat(client.plain("lobby.example.net", "/").text()).startsWith("one");
        }
    }

    @Test
    void aRenewedCertificateIsReadThoughNothingElseChanged() throws Exception {
        var files = MadeCertificate.of("one", "EC", "lobby.example.net").into(folder.resolve("tls"));
        var encrypted = service.change(
                "anna",
                "encrypted",
                document -> ProxyDocument.builder()
                        .settings(settings().build())
                        .addTlsPolicies(TlsPolicy.of("own", files))
                        .addRoutes(HttpRoute.builder(
                                        "lobby", route(Exposure.PUBLIC).action())
                                .from(route(Exposure.PUBLIC))
                                .tlsPolicy("own")
                                .build())
                        .build());
        assertThat(encrypted.applied()).as("%s", encrypted).isTrue();
        try (var client = new TrafficClient(ports[2])) {
            var before = client.certificate("lobby.example.net");
            assertThat(service.apply().applied()).isTrue();
            MadeCertificate.of("two", "EC", "lobby.example.net").into(folder.resolve("tls"));

            assertThat(service.apply().applied()).isTrue();

            assertThat(client.certificate("lobby.example.net")).isNotEqualTo(before);
        }
    }

    private ApplyReport change(UnaryOperator<ProxySettingsBuilder> edit) {
        return service.change(
                "anna",
                "settings",
                document -> ProxyDocument.builder()
                        .from(document)
                        .settings(edit.apply(settings()).build())
                        .build());
    }

    private ProxySettingsBuilder settings() {
        return ProxySettings.builder()
                .listenAddress("127.0.0.1")
                .httpPort(ports[1])
                .httpsPort(ports[2])
                .addAllowedUpstreams("127.0.0.0/8");
    }

    private HttpRoute route(Exposure exposure) {
        return HttpRoute.builder("lobby", ProxyTo.of(Upstream.http("127.0.0.1", upstream.port())))
                .addDomains("lobby.example.net")
                .exposure(exposure)
                .build();
    }
}
