package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Json;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.internal.nginx.NginxProgram;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.RawOverride;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.TlsPolicy;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests, connections and datagrams through a real nginx. */
@Tag("nginx")
class NginxTrafficTest extends ConnectionTraffic {

    private NginxEngine nginx;

    @Override
    ProxyEngine engine() {
        nginx = NginxEngine.of(NginxEngineOptions.builder(folder.resolve("nginx"))
                .user(RunningNginx.user())
                .build());
        return nginx;
    }

    @Override
    Issuer certificate() throws Exception {
        return new NginxProgram(folder).certificate();
    }

    @AfterEach
    void stop() {
        nginx.restore(new Running("", new Candidate(0, Map.of())));
    }

    @Test
    void listensWithEachFamilyThatTheMachineHas() throws IOException {
        run(ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .httpPort(ports[1])
                        .httpsPort(ports[2])
                        .build())
                .addRoutes(HttpRoute.builder("a", new Respond(200, "text/plain", Map.of(), "a"))
                        .addDomains("a.example.net")
                        .exposure(Exposure.PLAIN_HTTP)
                        .build())
                .build());

        for (var address : loopback()) {
            try (var client = new TrafficClient(address, ports[1])) {
                assertThat(client.plain("a.example.net", "/").text())
                        .as("%s", address)
                        .isEqualTo("a");
            }
        }
    }

    /** Whoever listens to all addresses of one family is not reached by those of the other. */
    @Test
    void listensToAllOfOneFamily() throws IOException {
        for (var address : loopback()) {
            var all = all(address);
            run(base().settings(ProxySettings.builder()
                            .listenAddress(all)
                            .httpPort(ports[1])
                            .httpsPort(ports[2])
                            .addAllowedUpstreams("127.0.0.1")
                            .build())
                    .addRoutes(action("a", new Respond(200, "text/plain", Map.of(), "a"))
                            .addDomains("a.example.net")
                            .build())
                    .addL4Routes(connections(List.of(all)))
                    .build());

            answers(address, ports[1]);
            answers(address, ports[3]);
        }
    }

    @Test
    void takesConnectionsOfEachFamilyAtTheSamePort() throws IOException {
        var addresses = loopback();
        run(base().addL4Routes(connections(
                        addresses.stream().map(NginxTrafficTest::all).distinct().toList()))
                .build());

        for (var address : addresses) {
            answers(address, ports[3]);
        }
    }

    private L4Route connections(List<String> hosts) {
        return L4Route.builder("game")
                .addAllListen(hosts.stream()
                        .map(host -> new L4Listen(L4Listen.Protocol.TCP, host, ports[3], 1))
                        .toList())
                .addUpstreams(L4Upstream.of("127.0.0.1", one.port()))
                .build();
    }

    private static String all(InetAddress address) {
        return address instanceof Inet6Address ? "::" : "0.0.0.0";
    }

    private static List<InetAddress> loopback() throws IOException {
        return Collections.list(NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getInetAddresses());
    }

    private static void answers(InetAddress address, int port) throws IOException {
        try (var client = new TrafficClient(address, port)) {
            assertThat(client.plain("a.example.net", "/").status())
                    .as("%s port %s", address, port)
                    .isEqualTo(200);
        }
    }

    /** A running nginx refuses another key for a zone that it has. */
    @Test
    void countsByAnotherKeyWithoutAStart() throws IOException {
        for (var key : new RateLimit.Key[] {RateLimit.Key.CLIENT_IP, RateLimit.Key.ALL}) {
            run(action("a", new Respond(200, "text/plain", Map.of(), "a"))
                    .addDomains("a.example.net")
                    .addRateLimits(new RateLimit("all", key, Optional.empty(), 100, Duration.ofSeconds(1), List.of())));

            assertThat(get("a.example.net", "/").text()).isEqualTo("a");
        }
    }

    /** A name of connections is proven as others are: by a file that is asked for over HTTP. */
    @Test
    void letsNamesOfConnectionsBeProven() throws IOException {
        var proofs = Files.createDirectories(folder.resolve("nginx/challenges/.well-known/acme-challenge"));
        Files.writeString(proofs.resolve("token"), "proof");
        run(base().addL4Routes(L4Route.builder("db")
                        .addListen(new L4Listen(L4Listen.Protocol.TCP, "127.0.0.1", ports[3], 1))
                        .addUpstreams(L4Upstream.of("127.0.0.1", ports[4]))
                        .addServerNames("db.example.net")
                        .tls(L4Route.Tls.TERMINATE)
                        .build())
                .build());

        assertThat(get("db.example.net", "/.well-known/acme-challenge/token").text())
                .isEqualTo("proof");
        assertThat(get("db.example.net", "/").status()).isEqualTo(404);
    }

    /** The server for its proof must not take away what the wildcard does with its requests. */
    @Test
    void sendsANameOfConnectionsBelowAWildcardOfHttpsThere() throws Exception {
        var proofs = Files.createDirectories(folder.resolve("nginx/challenges/.well-known/acme-challenge"));
        Files.writeString(proofs.resolve("token"), "proof");
        var document = base().addTlsPolicies(TlsPolicy.of("own", certificate()))
                .addRoutes(
                        action("wide", new Respond(200, "text/plain", Map.of(), "wide"))
                                .addDomains("*.example.net")
                                .exposure(Exposure.PUBLIC)
                                .tlsPolicy("own")
                                .build(),
                        action("all", new Respond(200, "text/plain", Map.of(), "all"))
                                .catchAll(true)
                                .build())
                .addL4Routes(L4Route.builder("db")
                        .addListen(new L4Listen(L4Listen.Protocol.TCP, "127.0.0.1", ports[3], 1))
                        .addUpstreams(L4Upstream.of("127.0.0.1", ports[4]))
                        .addServerNames("db.example.net")
                        .tls(L4Route.Tls.TERMINATE)
                        .build())
                .build();
        run(document);

        var sent = get("db.example.net", "/x?y=z");
        assertThat(sent.status()).isEqualTo(308);
        assertThat(sent.header("Location"))
                .isEqualTo(get("other.example.net", "/x?y=z").header("Location").replace("other", "db"));
        assertThat(get("db.example.net", "/.well-known/acme-challenge/token").text())
                .isEqualTo("proof");
    }

    @Test
    void putsPiecesOfItsOwnLanguageWhereTheyBelong() throws IOException {
        run(base().addRoutes(HttpRoute.builder("a", new Respond(200, "text/plain", Map.of(), "a"))
                        .addDomains("a.example.net")
                        .exposure(Exposure.PLAIN_HTTP)
                        .build())
                .addRaw(piece(RawOverride.Point.HTTP, "map $http_user_agent $seen { default 'no;}'; ~*robot yes; }"))
                .addRaw(piece(RawOverride.Point.SERVER, "if ($http_x_out = \"1\") { return 410; }"))
                .addRaw(new RawOverride(
                        EngineKind.NGINX,
                        RawOverride.Point.ROUTE,
                        Optional.of("a"),
                        new Json.Text("add_header X-Seen $seen; # to tell"),
                        ""))
                .build());

        assertThat(get("a.example.net", "/").header("X-Seen")).isEqualTo("no;}");
        assertThat(get("a.example.net", "/", "User-Agent", "a robot").header("X-Seen"))
                .isEqualTo("yes");
        assertThat(get("a.example.net", "/", "X-Out", "1").status()).isEqualTo(410);
    }

    private static RawOverride piece(RawOverride.Point point, String text) {
        return new RawOverride(EngineKind.NGINX, point, Optional.empty(), new Json.Text(text), "");
    }
}
