package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever has to show a certificate has to on every way: what would let others in is refused. */
class ClientCertificateCheckTest {

    private static final EngineFeatures NEW = EngineFeatures.caddy("2.11.4");

    /** Engines ask once for each name, before they know the path: the strict route would be open to everybody. */
    @Test
    void asksClientsOfANameForOneKindOfCertificates() {
        var strict = route("strict").tlsPolicy("mutual");
        var open = route("open").addPaths(PathMatch.prefix("/public"));

        assertThat(mutual(strict.build(), open.build())).containsExactly("TLS_CLIENT_CERTIFICATES");
        assertThat(mutual(strict.build(), open.tlsPolicy("mutual").build())).isEmpty();
        assertThat(mutual(route("plain")
                        .tlsPolicy("mutual")
                        .exposure(Exposure.PLAIN_HTTP)
                        .build()))
                .containsExactly("TLS_CLIENT_CERTIFICATES");
        assertThat(mutual(route("all")
                        .domains(List.of())
                        .catchAll(true)
                        .tlsPolicy("mutual")
                        .build()))
                .contains("TLS_CLIENT_CERTIFICATES");
    }

    @Test
    void asksClientsOfANameForWhatItsWildcardAsksForUnlessItHasAllRequestsItself() {
        var wide = route("wide")
                .domains(List.of("*.example.net"))
                .tlsPolicy("mutual")
                .build();
        var part = route("part").addPaths(PathMatch.prefix("/public")).tlsPolicy("open");
        var nginx = EngineFeatures.nginx("1.22.1");

        assertThat(mutual(nginx, wide, part.build())).contains("TLS_CLIENT_CERTIFICATES");
        assertThat(mutual(nginx, wide, part.paths(List.of()).build())).doesNotContain("TLS_CLIENT_CERTIFICATES");
        assertThat(mutual(wide, part.build())).as("Caddy asks by the wildcard").contains("TLS_CLIENT_CERTIFICATES");
    }

    /** Caddy would ask, whatever the route chose, and nginx would not. */
    @ParameterizedTest
    @CsvSource({"caddy, 2.11.4", "nginx, 1.22.1"})
    void asksClientsOfNoNameThatNoRouteHasItAskedFor(String kind, String version) {
        var engine = kind.equals("caddy") ? EngineFeatures.caddy(version) : EngineFeatures.nginx(version);
        var policy = new TlsPolicy(
                "mutual",
                List.of("app.example.net"),
                new Issuer.Files("/etc/a.pem", "/etc/a.key"),
                Optional.of("/etc/ca.pem"));
        var without = ProxyDocument.builder().addTlsPolicies(policy);

        for (var document : List.of(
                without.build(),
                without.addRoutes(route("a").build()).build(),
                without.routes(List.of(route("a").tlsPolicy("open").build()))
                        .addTlsPolicies(new TlsPolicy("open", List.of(), policy.issuer(), Optional.empty()))
                        .build())) {
            assertThat(RouteCheck.check(document, engine))
                    .filteredOn(finding -> finding.code().equals("TLS_CLIENT_CERTIFICATES"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.pointer()).isEqualTo("/tlsPolicies/0/subjects/0");
                        assertThat(finding.message())
                                .isEqualTo("'app.example.net' of a policy that asks for certificates of clients"
                                        + " (expected: a name of a route that chooses this policy)");
                    });
        }
        assertThat(RouteCheck.check(
                        without.routes(List.of(route("a").tlsPolicy("mutual").build()))
                                .build(),
                        engine))
                .noneMatch(finding -> finding.code().equals("TLS_CLIENT_CERTIFICATES"));
    }

    private static List<String> mutual(HttpRoute... routes) {
        return mutual(NEW, routes);
    }

    private static List<String> mutual(EngineFeatures engine, HttpRoute... routes) {
        var files = new Issuer.Files("/etc/a.pem", "/etc/a.key");
        var document = ProxyDocument.builder()
                .addTlsPolicies(
                        new TlsPolicy("mutual", List.of(), files, Optional.of("/etc/ca.pem")),
                        new TlsPolicy("open", List.of(), files, Optional.empty()))
                .addRoutes(routes)
                .build();
        return RouteCheck.check(document, engine).stream()
                .filter(Finding::error)
                .map(Finding::code)
                .toList();
    }

    /** It would let everybody in. */
    @Test
    void refusesCertificatesOfClientsWhereTheEngineAsksForNone() {
        var policy = new TlsPolicy("mutual", List.of(), Issuer.Acme.usual(), Optional.of("/etc/ca.pem"));
        var document = ProxyDocument.builder()
                .addTlsPolicies(policy)
                .addL4Routes(L4Route.builder("db")
                        .addListen(L4Listen.tcp(5432))
                        .addUpstreams(L4Upstream.of("10.0.0.1", 5432))
                        .addServerNames("db.example.net")
                        .tls(L4Route.Tls.TERMINATE)
                        .tlsPolicy("mutual")
                        .build())
                .build();

        assertThat(RouteCheck.check(document, new EngineFeatures(NEW.kind(), NEW.version(), Set.of("layer4"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.pointer()).isEqualTo("/l4Routes/0/tlsPolicy");
                    assertThat(finding.message()).contains("certificates of clients");
                });
    }

    private static HttpRouteBuilder route(String id) {
        return HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains("app.example.net");
    }
}
