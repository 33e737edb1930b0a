package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.CloudflareBinding;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.SecretRef;
import dev.rookery.proxy.route.Upstream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of tunnels, made of documents and checked as cloudflared does. */
class IngressTest {

    private static final CloudflareBinding BINDING = CloudflareBinding.builder(
                    "main", FakeCloudflare.ACCOUNT, SecretRef.parse("env:CF"))
            .build();

    static HttpRoute route(String host, Exposure exposure, int port) {
        return HttpRoute.builder(host.replaceAll("\\W", "-"), ProxyTo.of(Upstream.http("10.20.0.9", port)))
                .addDomains(host)
                .exposure(exposure)
                .build();
    }

    @Test
    void leadsOrdinaryNamesToTheProxyByTheCatchAll() {
        var document = ProxyDocument.builder()
                .addCloudflare(BINDING)
                .addRoutes(route("app.example.net", Exposure.TUNNEL, 80))
                .addRoutes(route("ssh.example.org", Exposure.TUNNEL_TCP, 22))
                .addRoutes(route("box.example.net", Exposure.DIRECT_DNS, 22))
                .addRoutes(route("db.example.net", Exposure.TUNNEL_TCP, 5432))
                .build();

        assertThat(Ingress.of(document, "main").rules())
                .containsExactly(
                        IngressRule.of("db.example.net", "tcp://10.20.0.9:5432"),
                        IngressRule.of("ssh.example.org", "ssh://10.20.0.9:22"),
                        IngressRule.catchAll("http://caddy:80"));
    }

    @Test
    void leavesOutWhatIsNotInUse() {
        var off = HttpRoute.builder("off", ProxyTo.of(Upstream.http("10.20.0.9", 22)))
                .addDomains("off.example.net")
                .exposure(Exposure.TUNNEL_TCP)
                .enabled(false)
                .build();
        var document =
                ProxyDocument.builder().addCloudflare(BINDING).addRoutes(off).build();

        assertThat(Ingress.of(document, "main").rules()).hasSize(1);
    }

    @Test
    void keepsNamesFromWildcardsThatCloudflaredTakesForEveryDepth() {
        var document = ProxyDocument.builder()
                .addCloudflare(BINDING)
                .addRoutes(route("*.example.net", Exposure.TUNNEL_TCP, 22))
                .addRoutes(route("*.deep.example.net", Exposure.TUNNEL_TCP, 3389))
                .addRoutes(route("app.example.net", Exposure.TUNNEL, 80))
                .build();
        var ingress = Ingress.of(document, "main");

        assertThat(ingress.rules())
                .extracting(IngressRule::service)
                .containsExactly("http://caddy:80", "rdp://10.20.0.9:3389", "ssh://10.20.0.9:22", "http://caddy:80");
        assertThat(ingress.matching("app.example.net", "/")).isZero();
        assertThat(ingress.matching("x.deep.example.net", "/")).isEqualTo(1);
        assertThat(ingress.matching("a.b.example.net", "/")).isEqualTo(2);
        assertThat(ingress.matching("example.net", "/")).isEqualTo(3);
        assertThat(ingress.problems()).isEmpty();
    }

    @Test
    void hasAllBindingsOfATunnel() {
        var other = CloudflareBinding.builder("other", FakeCloudflare.ACCOUNT, SecretRef.parse("env:CF"))
                .tunnelName(BINDING.tunnelName())
                .proxyUrl("http://second:80")
                .build();
        var apart = CloudflareBinding.builder("apart", FakeCloudflare.ACCOUNT, SecretRef.parse("env:CF"))
                .build();
        var document = ProxyDocument.builder().addCloudflare(BINDING, other, apart);
        for (var binding : List.of(BINDING, other, apart)) {
            document.addRoutes(HttpRoute.builder(binding.id(), ProxyTo.of(Upstream.http("10.20.0.9", 80)))
                    .addDomains(binding.id() + ".example.net")
                    .exposure(Exposure.TUNNEL)
                    .binding(binding.id())
                    .build());
        }

        assertThat(Ingress.of(document.build(), "main").rules())
                .containsExactly(
                        IngressRule.of("other.example.net", "http://second:80"),
                        IngressRule.catchAll("http://caddy:80"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a:80/",
                "http://a/b",
                "a:80",
                "http://",
                "ftp://a:21",
                "http://a:0",
                "http://a:65536",
                "http_status:99",
                "http_status:1000",
                "http_status:abc",
                "http://a b",
                "http://a\n",
                "http://u@a",
                "unix:relative",
                ""
            })
    void refusesServices(String service) {
        assertThat(new Ingress(List.of(IngressRule.catchAll(service))).problems())
                .singleElement()
                .asString()
                .startsWith("rule 0: service '");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example.net:80",
                "a.*.example.net",
                "*foo.example.net",
                "*",
                "A.example.net",
                "a b",
                "{x}.example.net"
            })
    void refusesNames(String name) {
        var rules = List.of(IngressRule.of(name, "http://a:80"), IngressRule.catchAll("http_status:404"));

        assertThat(new Ingress(rules).problems()).isNotEmpty().allMatch(problem -> problem.startsWith("rule 0: "));
    }

    @Test
    void refusesRulesThatNobodyReaches() {
        var rule = IngressRule.of("a.example.net", "http://a:80");
        var all = IngressRule.catchAll("http_status:404");

        assertThat(new Ingress(List.of()).problems()).hasSize(1);
        assertThat(new Ingress(List.of(rule)).problems()).hasSize(1);
        assertThat(new Ingress(List.of(all, rule)).problems()).hasSize(2);
        assertThat(new Ingress(List.of(rule, rule, all)).problems()).hasSize(1);
        assertThat(new Ingress(List.of(rule, all)).problems()).isEmpty();
    }

    @Test
    void writesEveryTextInQuotes() {
        var rules = List.of(IngressRule.of("a.example.net", "http://a:80"), IngressRule.catchAll("http_status:404"));

        var file = new String(
                new Ingress(rules).configFile("t\"\nx: 1", "/etc/c\u202e.json", "127.0.0.1:20241"),
                StandardCharsets.UTF_8);

        assertThat(file).isEqualTo("""
                        tunnel: "t\\"\\U0000000Ax: 1"
                        credentials-file: "/etc/c\\U0000202E.json"
                        metrics: "127.0.0.1:20241"
                        no-autoupdate: true
                        ingress:
                          - hostname: "a.example.net"
                            service: "http://a:80"
                          - service: "http_status:404"
                        """);
    }

    @Test
    void writesNoFileThatCloudflaredWouldRefuse() {
        var rules = new ArrayList<IngressRule>();
        rules.add(IngressRule.of("a.example.net", "http://a:80/path"));

        assertThatThrownBy(() -> new Ingress(rules).configFile("t", "/c.json", "127.0.0.1:1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rule 0");
    }

    @Test
    void namesTheBindingThatIsMissing() {
        assertThatThrownBy(() -> Ingress.of(ProxyDocument.EMPTY, "main"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'main'");
    }
}
