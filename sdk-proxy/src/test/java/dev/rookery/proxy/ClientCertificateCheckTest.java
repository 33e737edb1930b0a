package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyDocumentBuilder;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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

    /** Caddy would ask, whatever the route chooses, and nginx would not. */
    @Test
    void asksClientsOfANameForTheSameByItsPolicyAndByItsRoutes() {
        var wide = route("wide").domains(List.of("*.example.net"));

        assertThat(subject("app.example.net", route("open").build()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("TLS_CLIENT_CERTIFICATES");
                    assertThat(finding.pointer()).isEqualTo("/tlsPolicies/0/subjects/0");
                    assertThat(finding.message()).contains("'app.example.net'", "(expected: ");
                });
        assertThat(subject("app.example.net", route("other").tlsPolicy("other").build()))
                .as("another authority")
                .hasSize(1);
        assertThat(subject("APP.example.net", route("open").build())).hasSize(1);
        assertThat(subject("app.example.net", wide.tlsPolicy("open").build())).hasSize(1);
        assertThat(subject("*.example.net", route("open").build())).hasSize(1);

        assertThat(subject("app.example.net", route("same").tlsPolicy("mutual").build()))
                .isEmpty();
        assertThat(subject("app.example.net", wide.tlsPolicy("mutual").build())).isEmpty();
        assertThat(subject("app.example.net", route("off").enabled(false).build()))
                .isEmpty();
        assertThat(subject("other.example.net", route("open").build()))
                .as("a name that no route has, such as that of a piece of raw configuration")
                .isEmpty();
    }

    @Test
    void asksClientsOfConnectionsForWhatTheirPolicyWants() {
        var nginx = new EngineFeatures(EngineKind.NGINX, "1.22.1", Set.of("stream"));
        var route = L4Route.builder("db")
                .addListen(L4Listen.tcp(5432))
                .addUpstreams(L4Upstream.of("10.0.0.1", 5432))
                .addServerNames("app.example.net")
                .tls(L4Route.Tls.TERMINATE);

        assertThat(errors(
                        nginx,
                        with("app.example.net").addL4Routes(route.build()).build()))
                .extracting(Finding::pointer)
                .containsExactly("/tlsPolicies/0/subjects/0");
        assertThat(errors(
                        nginx,
                        with("app.example.net")
                                .addL4Routes(route.tlsPolicy("mutual").build())
                                .build()))
                .isEmpty();
    }

    private static List<Finding> subject(String name, HttpRoute... routes) {
        var document = with(name).addRoutes(routes).build();
        var found = errors(EngineFeatures.nginx("1.22.1"), document);
        assertThat(errors(NEW, document)).as("with Caddy").isEqualTo(found);
        return found;
    }

    private static ProxyDocumentBuilder with(String subject) {
        var files = new Issuer.Files("/etc/a.pem", "/etc/a.key");
        return ProxyDocument.builder()
                .addTlsPolicies(
                        new TlsPolicy("mutual", List.of(subject), files, Optional.of("/etc/ca.pem")),
                        new TlsPolicy("other", List.of(), files, Optional.of("/etc/other.pem")),
                        new TlsPolicy("open", List.of(), files, Optional.empty()));
    }

    private static List<Finding> errors(EngineFeatures engine, ProxyDocument document) {
        return RouteCheck.check(document, engine).stream()
                .filter(Finding::error)
                .toList();
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
