package dev.rookery.proxy.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.route.Action;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HostHeader;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Upstream;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that lead to themselves. */
class LoopCheckTest {

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, https://a.example.net, REDIRECT_LOOP",
        "PUBLIC, http://A.example.net, REDIRECT_LOOP",
        "PUBLIC, https://x.sub.example.net, REDIRECT_LOOP",
        "PUBLIC, https://b.example.net, ''",
        "PLAIN_HTTP, https://a.example.net, ''",
        "PLAIN_HTTP, http://a.example.net, REDIRECT_LOOP",
        "TUNNEL, https://a.example.net, TUNNEL_FORCE_HTTPS",
    })
    void findsRedirectsToTheRouteItself(Exposure exposure, String to, String code) {
        assertThat(codes(new RedirectTo(to, 308, true), exposure, List.of()).stream()
                        .filter(found -> found.contains("LOOP") || found.contains("FORCE")))
                .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
    }

    @Test
    void letsARouteOfSomePathsLeadToOthers() {
        assertThat(codes(
                        new RedirectTo("https://a.example.net/new", 308, false),
                        Exposure.PUBLIC,
                        List.of(PathMatch.prefix("/old"))))
                .doesNotContain("REDIRECT_LOOP");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 443, true",
        "127.0.0.1, 80, true",
        "127.0.0.1, 8081, true",
        "10.0.0.9, 443, true",
        "127.0.0.1, 8080, false",
        "10.0.0.5, 443, false",
        "a.example.net, 443, true",
        "b.example.net, 443, false",
    })
    void findsUpstreamsThatAreTheProxyItself(String host, int port, boolean loop) {
        assertThat(codes(ProxyTo.of(Upstream.http(host, port)), Exposure.PUBLIC, List.of())
                        .contains("UPSTREAM_LOOP"))
                .isEqualTo(loop);
    }

    @Test
    void letsARouteLeadToAnotherNameOfTheProxy() {
        var other = ProxyTo.builder(Upstream.http("127.0.0.1", 80))
                .hostHeader(HostHeader.fixed("b.example.net"))
                .build();

        assertThat(codes(other, Exposure.PUBLIC, List.of())).doesNotContain("UPSTREAM_LOOP");
    }

    private static List<String> codes(Action action, Exposure exposure, List<PathMatch> paths) {
        var document = ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("10.0.0.9")
                        .tunnelPort(OptionalInt.of(8081))
                        .addAllowedUpstreams("127.0.0.1")
                        .build())
                .addRoutes(HttpRoute.builder("a", action)
                        .addDomains("a.example.net", "*.sub.example.net")
                        .paths(paths)
                        .exposure(exposure)
                        .build())
                .build();
        return RouteCheck.check(document, EngineFeatures.caddy("2.11.4")).stream()
                .map(Finding::code)
                .toList();
    }
}
