package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.CacheRule;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.RequestMatch;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Transport;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.route.UpstreamTls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCheckTest {

    private static final EngineFeatures NEW = EngineFeatures.caddy("2.11.4");
    private static final EngineFeatures OLD = EngineFeatures.caddy("2.6.2");
    private static final Upstream UPSTREAM = Upstream.http("10.20.0.5", 8080);

    @Test
    void findsNothingInAPlainRoute() {
        assertThat(check(route("a").build())).isEmpty();
    }

    @Test
    void findsEverythingAtOnce() {
        var route = HttpRoute.builder("b d", ProxyTo.of(Upstream.http("10.0.0.1", 0)))
                .addDomains("a b", "*.net")
                .priority(5000)
                .build();

        assertThat(check(route))
                .extracting(Finding::pointer)
                .contains(
                        "/routes/0/id",
                        "/routes/0/domains/0",
                        "/routes/0/domains/1",
                        "/routes/0/priority",
                        "/routes/0/action/upstreams/0/port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "[::1]",
                "0.0.0.0",
                "169.254.169.254",
                "fe80::1",
                "::ffff:127.0.0.1",
                "localhost",
                "a.localhost"
            })
    void leadsNobodyToTheProxysOwnMachine(String host) {
        assertThat(codes(route("a", ProxyTo.of(Upstream.http(host, 80))).build()))
                .contains("UPSTREAM_FORBIDDEN");
    }

    @Test
    void warnsOfExpressionsThatKeepNginxBusy() {
        var document = ProxyDocument.builder()
                .addRoutes(route("a", ProxyTo.of(Upstream.http("10.0.0.1", 80)))
                        .addPaths(PathMatch.regex("^/(a+)+$"))
                        .build())
                .build();

        assertThat(RouteCheck.check(document, EngineFeatures.nginx("1.22.1")))
                .extracting(Finding::code)
                .contains("REGEX_SLOW");
        assertThat(RouteCheck.check(document, NEW)).isEmpty();
    }

    @Test
    void leadsToTheProxysOwnMachineWhereTheSettingsAllowIt() {
        var document = ProxyDocument.builder()
                .settings(
                        ProxySettings.builder().addAllowedUpstreams("127.0.0.1").build())
                .addRoutes(
                        route("a", ProxyTo.of(Upstream.http("127.0.0.1", 8080))).build())
                .build();

        assertThat(RouteCheck.check(document, NEW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "http://a",
                "a:80",
                "a/b",
                "{env.HOME}",
                "a}",
                "010.0.0.1",
                "127.1",
                "1.2.3",
                "256.1.1.1",
                "a@b",
                "a\nb",
                "a\"b",
                "$a"
            })
    void refusesUpstreamsThatAreNoAddress(String host) {
        assertThat(codes(route("a", ProxyTo.of(Upstream.http(host, 80))).build()))
                .contains("UPSTREAM_ADDRESS");
    }

    @Test
    void refusesUpstreamsThatAreNotAlike() {
        var secure = Upstream.builder()
                .scheme(Upstream.Scheme.HTTPS)
                .host("10.0.0.6")
                .build();

        assertThat(codes(route("a", ProxyTo.of(UPSTREAM, secure)).build())).contains("UPSTREAM_MIXED");
        assertThat(codes(route("a", ProxyTo.of(UPSTREAM, UPSTREAM)).build())).contains("UPSTREAM_TWICE");
        assertThat(codes(route("a", ProxyTo.of()).build())).contains("UPSTREAM_COUNT");
    }

    @Test
    void refusesPausesThatWouldKeepTheEngineBusy() {
        var balancing = Balancing.builder()
                .tryDuration(Duration.ofSeconds(5))
                .tryInterval(Duration.ZERO)
                .build();

        assertThat(codes(route(
                                "a",
                                ProxyTo.builder(UPSTREAM).balancing(balancing).build())
                        .build()))
                .contains("DURATION");
    }

    @ParameterizedTest
    @CsvSource({
        "X-A, a\\nb, HEADER_VALUE",
        "X-A, a\\rb, HEADER_VALUE",
        "X-A, a\\0b, HEADER_VALUE",
        "X A, v, HEADER_NAME",
        "'', v, HEADER_NAME",
        "X{env.HOME}, v, HEADER_NAME",
        "Host, v, HEADER_FORBIDDEN",
        "Connection, v, HEADER_FORBIDDEN",
        "transfer-encoding, v, HEADER_FORBIDDEN"
    })
    void refusesHeadersThatWouldBeMoreThanOne(String name, String value, String code) {
        var text = value.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
        var ops = HeaderOps.builder().putSet(name, text).build();

        assertThat(codes(route("a").headersDown(ops).build())).contains(code);
    }

    @ParameterizedTest
    @CsvSource({
        "{http.request.host}, true",
        "{http.request.uri.path}, true",
        "{http.vars.client_ip}, true",
        "{http.error.status_code}, true",
        "{http.request.body}, false",
        "{env.HOME}, false",
        "{file./etc/passwd}, false",
        "{system.hostname}, false",
        "{http.vars.secret}, false"
    })
    void letsTemplatesAskForWhatTheRequestSays(String placeholder, boolean allowed) {
        var ops = HeaderOps.builder()
                .putSet("X-A", "a " + placeholder)
                .template(true)
                .build();

        assertThat(codes(route("a").headersDown(ops).build()).contains("TEMPLATE_PLACEHOLDER"))
                .isNotEqualTo(allowed);
    }

    @Test
    void takesHashesAndNoPasswords() {
        var plain = new BasicAuth("x", List.of(new BasicAuth.Account("ops", "hunter2")));

        var findings = check(route("a").addAuth(plain).build());

        assertThat(findings).extracting(Finding::code).contains("AUTH_HASH");
        assertThat(findings).allSatisfy(finding -> assertThat(finding.message()).doesNotContain("hunter2"));
        assertThat(plain.toString()).doesNotContain("hunter2");
    }

    /** No engine can tell which hash is meant: it would compare each with the same procedure. */
    @Test
    void takesHashesOfOneKindOnly() {
        var bcrypt = new BasicAuth.Account("ops", "$2a$10$" + "a".repeat(53));
        var argon =
                new BasicAuth.Account("dev", "$argon2id$v=19$m=47104,t=1,p=1$" + "a".repeat(22) + "$" + "b".repeat(43));

        assertThat(codes(route("a")
                        .addAuth(new BasicAuth("x", List.of(bcrypt, argon)))
                        .build()))
                .containsExactly("AUTH_HASH");
        assertThat(codes(route("a").addAuth(new BasicAuth("x", List.of(argon))).build()))
                .isEmpty();
    }

    /** What one is shown after a log-in would be kept for everybody. */
    @Test
    void keepsNoAnswersThatSomebodyHadToLogInFor() {
        var cached = route("a").cache(new CacheRule(Duration.ofMinutes(1), Duration.ZERO, Optional.empty()));
        var engine = new EngineFeatures(NEW.kind(), NEW.version(), Set.of("http.handlers.cache"));
        var login = new ForwardAuth(UPSTREAM, "/verify", List.of());

        assertThat(RouteCheck.check(document(cached.build()), engine)).isEmpty();
        assertThat(RouteCheck.check(document(cached.addAuth(login).build()), engine))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("CACHE_WITH_LOGIN");
                    assertThat(finding.pointer()).isEqualTo("/routes/0/cache");
                });
    }

    @ParameterizedTest
    @CsvSource({"*, true", "a*b, true", "a*, false", "*a, false", "*a*, false", "**, false"})
    void comparesWholeValuesOfHeaders(String value, boolean right) {
        var match = new RequestMatch(List.of(), Map.of("X-Kind", value), Map.of());

        assertThat(codes(route("a").match(match).build())).isEqualTo(right ? List.of() : List.of("HEADER_MATCH"));
    }

    @Test
    void changesAHeaderInOneWay() {
        assertThat(codes(route("a")
                        .headersUp(HeaderOps.builder()
                                .putSet("X-A", "1")
                                .putSet("x-a", "2")
                                .build())
                        .build()))
                .containsExactly("HEADER_TWICE");
        assertThat(codes(route("a")
                        .headersDown(HeaderOps.builder()
                                .putSet("X-A", "1")
                                .addDelete("x-A")
                                .build())
                        .build()))
                .containsExactly("HEADER_TWICE");
        assertThat(codes(route("a", new Respond(200, "text/plain", Map.of("X-A", "1", "x-a", "2"), "text"))
                        .build()))
                .containsExactly("HEADER_TWICE");
        assertThat(codes(route("a")
                        .headersDown(HeaderOps.builder()
                                .putSet("X-A", "1")
                                .putAdd("X-A", "2")
                                .build())
                        .build()))
                .containsExactly("HEADER_TWICE");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, true, true",
        "https://a.example/x, true, false",
        "https://a.example/x, false, true",
        "javascript:alert(1), false, false",
        "//a.example, false, false",
        "a.example, false, false",
        "'https://a b', false, false"
    })
    void redirectsToAddressesOfTheWeb(String to, boolean keepPath, boolean right) {
        var codes = codes(route("a", new RedirectTo(to, 308, keepPath)).build());

        assertThat(codes.contains("REDIRECT")).isNotEqualTo(right);
    }

    @Test
    void wantsRecordsForWildcards() {
        var route = route("a").domains(List.of("*.example.net"));

        assertThat(codes(route.build())).contains("TLS_WILDCARD_NEEDS_DNS");
        assertThat(codes(route.exposure(Exposure.PLAIN_HTTP).build())).doesNotContain("TLS_WILDCARD_NEEDS_DNS");
    }

    @Test
    void findsTwoRoutesOfTheSameRequests() {
        assertThat(codes(route("a").build(), route("b").build())).containsExactly("ROUTE_DUPLICATE");
        assertThat(codes(
                        route("a").build(),
                        route("b").domains(List.of("APP.example.net.")).build()))
                .containsExactly("ROUTE_DUPLICATE");
        assertThat(codes(route("a").build(), route("b").enabled(false).build())).isEmpty();
        assertThat(codes(
                        route("a").build(),
                        route("b").exposure(Exposure.PLAIN_HTTP).build()))
                .isEmpty();
        assertThat(codes(
                        route("a").addPaths(PathMatch.exact("/A")).build(),
                        route("b").addPaths(PathMatch.exact("//a")).build()))
                .containsExactly("ROUTE_DUPLICATE");
    }

    @Test
    void letsPathsLieWithinOthers() {
        var inner = route("a").addPaths(PathMatch.prefix("/api/v1")).build();
        var outer = route("b").addPaths(PathMatch.prefix("/api"));

        assertThat(codes(inner, outer.build())).containsExactly("PATH_NESTED");
        assertThat(codes(
                        inner, route("c").addPaths(PathMatch.prefix("/api/v10")).build()))
                .isEmpty();
        assertThat(codes(inner, outer.priority(1).build())).containsExactly("PATH_SHADOWED");
        assertThat(codes(inner, route("c").addPaths(PathMatch.regex("^/x")).build()))
                .containsExactly("PATH_UNDECIDABLE");
    }

    @Test
    void keepsNamesForTheirOwners() {
        var mine = route("a").owner("one").build();

        assertThat(codes(
                        mine,
                        route("b").owner("two").addPaths(PathMatch.prefix("/b")).build()))
                .containsExactly("DOMAIN_TAKEN");
        assertThat(codes(
                        mine,
                        route("b").owner("one").addPaths(PathMatch.prefix("/b")).build()))
                .containsExactly("PATH_NESTED");
        var wildcard = route("w")
                .owner("two")
                .domains(List.of("*.example.net"))
                .exposure(Exposure.PLAIN_HTTP)
                .build();
        assertThat(codes(mine, wildcard)).containsExactly("WILDCARD_SHADOW");
    }

    @Test
    void namesWhatTheEngineLacks() {
        var limited = route("a")
                .addRateLimits(RateLimit.perClient("login", 5, Duration.ofMinutes(1)))
                .build();
        var weighted = route(
                        "a",
                        ProxyTo.builder(UPSTREAM)
                                .balancing(Balancing.builder()
                                        .policy(Balancing.Policy.WEIGHTED)
                                        .build())
                                .build())
                .build();

        assertThat(check(limited)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("FEATURE_NEEDS_PLUGIN");
            assertThat(finding.message()).contains("Caddy 2.11.4", "http.handlers.rate_limit", "mholt/caddy-ratelimit");
        });
        assertThat(codes(weighted)).isEmpty();
        assertThat(RouteCheck.check(document(weighted), OLD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("Caddy 2.6.2", "2.8 or newer"));
    }

    /** Such as that of a container engine, which gives away the machine. */
    @Test
    void leadsNobodyToSocketsOfItsMachineUnlessTheSettingsSaySo() {
        var route = route(
                        "a",
                        ProxyTo.of(Upstream.builder()
                                .scheme(Upstream.Scheme.UNIX)
                                .host("/run/app/web.sock")
                                .build()))
                .build();

        assertThat(codes(route)).containsExactly("UPSTREAM_FORBIDDEN");
        for (var allowed : List.of("/run/app", "/run/app/", "/run/app/web.sock")) {
            assertThat(RouteCheck.check(allowing(allowed, route), NEW))
                    .as(allowed)
                    .isEmpty();
        }
        for (var other : List.of("/run/ap", "/run/app/web", "/", "run/app")) {
            assertThat(RouteCheck.check(allowing(other, route), NEW)).as(other).hasSize(other.equals("/") ? 0 : 1);
        }
    }

    private static ProxyDocument allowing(String upstream, HttpRoute route) {
        return ProxyDocument.builder()
                .settings(ProxySettings.builder().addAllowedUpstreams(upstream).build())
                .addRoutes(route)
                .build();
    }

    @Test
    void looksIntoWhatIsSaidOfTlsToUpstreams() {
        var tls = UpstreamTls.builder()
                .serverName("bad name")
                .authorityFile("/x y")
                .certificateFile("a.pem")
                .keyFile("/etc/../key")
                .build();
        var secure = Upstream.builder()
                .scheme(Upstream.Scheme.HTTPS)
                .host("10.0.0.6")
                .build();
        var to = ProxyTo.builder(secure)
                .transport(Transport.builder().tls(tls).build())
                .build();

        assertThat(check(route("a", to).build()))
                .extracting(Finding::pointer)
                .containsExactlyInAnyOrder(
                        "/routes/0/action/transport/tls/serverName",
                        "/routes/0/action/transport/tls/authorityFile",
                        "/routes/0/action/transport/tls/certificateFile",
                        "/routes/0/action/transport/tls/keyFile");
    }

    @Test
    void findsSubjectsOfTwoPolicies() {
        var policies = List.of(
                new TlsPolicy("a", List.of("x.example.net"), Issuer.Acme.usual(), Optional.empty()),
                new TlsPolicy("b", List.of("X.example.net"), Issuer.Acme.usual(), Optional.empty()));

        assertThat(RouteCheck.check(
                        ProxyDocument.builder().tlsPolicies(policies).build(), NEW))
                .extracting(Finding::code)
                .containsExactly("TLS_SUBJECT_TWICE");
    }

    private static List<Finding> check(HttpRoute... routes) {
        return RouteCheck.check(document(routes), NEW);
    }

    private static List<String> codes(HttpRoute... routes) {
        return check(routes).stream().map(Finding::code).toList();
    }

    private static ProxyDocument document(HttpRoute... routes) {
        return ProxyDocument.builder().addRoutes(routes).build();
    }

    private static HttpRouteBuilder route(String id) {
        return route(id, ProxyTo.of(UPSTREAM));
    }

    private static HttpRouteBuilder route(String id, dev.rookery.proxy.route.Action action) {
        return HttpRoute.builder(id, action).addDomains("app.example.net");
    }
}
