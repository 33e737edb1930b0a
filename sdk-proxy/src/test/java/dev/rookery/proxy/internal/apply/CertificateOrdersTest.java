package dev.rookery.proxy.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.CertificateOrder;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateOrdersTest {

    private static final Issuer.Acme BY_RECORD = new Issuer.Acme(
            "https://ca.example.net/dir",
            Optional.of("x@example.net"),
            Optional.of(new Issuer.DnsChallenge("cloudflare", SecretRef.parse("env:TOKEN"), List.of())));

    @Test
    void ordersEachNameOnceAsItsPolicySays() {
        var document = ProxyDocument.builder()
                .addTlsPolicies(TlsPolicy.of("record", BY_RECORD), TlsPolicy.of("usual", Issuer.Acme.usual()))
                .addRoutes(
                        route("all", "*.example.net").tlsPolicy("record").build(),
                        route("a", "a.example.net", "b.example.net").build(),
                        route("path", "a.example.net").build())
                .addL4Routes(L4Route.builder("mail")
                        .addListen(L4Listen.tcp(993))
                        .addUpstreams(L4Upstream.of("10.20.0.5", 143))
                        .tls(L4Route.Tls.TERMINATE)
                        .addServerNames("mail.example.net")
                        .tlsPolicy("usual")
                        .build())
                .build();

        assertThat(CertificateOrders.of(document))
                .containsExactly(
                        new CertificateOrder("*.example.net", Optional.of(BY_RECORD), Optional.of("x@example.net")),
                        new CertificateOrder("a.example.net", Optional.empty(), Optional.empty()),
                        new CertificateOrder("b.example.net", Optional.empty(), Optional.empty()),
                        new CertificateOrder("mail.example.net", Optional.of(Issuer.Acme.usual()), Optional.empty()));
    }

    @Test
    void ordersNothingForWhatNeedsNone() {
        var files = new Issuer.Files("/srv/a.pem", "/srv/a.key");
        var document = ProxyDocument.builder()
                .addTlsPolicies(TlsPolicy.of("own", files))
                .addRoutes(
                        route("own", "own.example.net").tlsPolicy("own").build(),
                        route("wild", "*.example.net").build(),
                        route("lan", "nas.lan").exposure(Exposure.LAN).build(),
                        route("plain", "plain.example.net")
                                .exposure(Exposure.PLAIN_HTTP)
                                .build(),
                        route("tunnel", "tunnel.example.net")
                                .exposure(Exposure.TUNNEL)
                                .build(),
                        route("off", "off.example.net").enabled(false).build())
                .build();

        assertThat(CertificateOrders.of(document)).isEmpty();
    }

    private static HttpRouteBuilder route(String id, String... names) {
        return HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains(names);
    }
}
