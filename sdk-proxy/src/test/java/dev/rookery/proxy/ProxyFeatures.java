package dev.rookery.proxy;

import dev.rookery.api.Json;
import dev.rookery.proxy.route.AccessLog;
import dev.rookery.proxy.route.Action;
import dev.rookery.proxy.route.ActiveHealth;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.CacheRule;
import dev.rookery.proxy.route.Compression;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.ErrorPage;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.GeoAccess;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HostHeader;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.IpAccess;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.Maintenance;
import dev.rookery.proxy.route.PassiveHealth;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.ProxyToBuilder;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.RawOverride;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Reject;
import dev.rookery.proxy.route.RequestMatch;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.Rewrite;
import dev.rookery.proxy.route.ServeFiles;
import dev.rookery.proxy.route.Transport;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.route.UpstreamTls;
import dev.rookery.proxy.route.WebSockets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** One document for each feature, with nothing else in it. */
public final class ProxyFeatures {

    private static final Action PROXY = ProxyTo.of(Upstream.http("10.0.0.1", 8080));
    private static final String HASH = "$2a$10$" + "a".repeat(53);

    private final Map<String, ProxyDocument> documents = new LinkedHashMap<>();

    private ProxyFeatures() {}

    /** Returns them by name. */
    public static Map<String, ProxyDocument> documents() {
        var features = new ProxyFeatures();
        features.matches();
        features.access();
        features.changes();
        features.actions();
        features.upstreams();
        features.connections();
        features.raw();
        features.rawNginx();
        return features.documents;
    }

    private void matches() {
        add("host", route -> route);
        add("wildcard", route -> route.addDomains("*.example.net"));
        add("catch-all", route -> route.domains(List.of()).catchAll(true));
        add("path-exact", route -> route.addPaths(PathMatch.exact("/a.b")));
        add("path-prefix", route -> route.addPaths(PathMatch.prefix("/a"), PathMatch.prefix("/b/")));
        add("path-regex", route -> route.addPaths(PathMatch.regex("^/v[0-9]{1,3}/(?:a|\\w+)$")));
        add(
                "conditions",
                route -> route.match(new RequestMatch(List.of("POST"), Map.of("X-Kind", "*"), Map.of("q", "1"))));
    }

    private void access() {
        add(
                "addresses",
                route -> route.ipAccess(new IpAccess(
                        List.of("10.0.0.0/8", "2001:db8::/32"), List.of("10.1.0.0/16"), false, false, 404)));
        add("countries", route -> route.geoAccess(new GeoAccess(List.of("PT"), List.of(), false, 403)));
        add(
                "basic-auth",
                route -> route.addAuth(
                        new BasicAuth("the \"staff\" of $host", List.of(new BasicAuth.Account("ops", HASH)))));
        add(
                "forward-auth",
                route -> route.addAuth(
                        new ForwardAuth(Upstream.http("10.0.0.9", 9000), "/verify?x={a}$b", List.of("Remote-User"))));
        add(
                "rate-limit",
                route -> route.addRateLimits(
                        RateLimit.perClient("all", 100, Duration.ofSeconds(10)),
                        new RateLimit(
                                "login",
                                RateLimit.Key.HEADER,
                                Optional.of("X-Key"),
                                20,
                                Duration.ofMinutes(1),
                                List.of(PathMatch.prefix("/login")))));
        add(
                "maintenance",
                route -> route.maintenance(new Maintenance(
                        Optional.of(Duration.ofMinutes(2)),
                        "text/html",
                        "<b>\"soon\"</b>\n$x {y}",
                        List.of("10.2.0.0/16"))));
        add("web-sockets-denied", route -> route.webSockets(new WebSockets(true, Optional.empty(), Duration.ZERO)));
        add("body-limit", route -> route.bodyLimitBytes(1_000_000));
    }

    private void changes() {
        add(
                "headers",
                route -> route.headersUp(HeaderOps.builder()
                                .putSet("X-Up", "a {b} $c \"d\" \\e")
                                .addDelete("X-Gone")
                                .build())
                        .headersDown(HeaderOps.builder()
                                .putSet("X-Down", "{env.HOME}")
                                .addDelete("Server")
                                .build()));
        add(
                "headers-replaced",
                route -> route.headersDown(HeaderOps.builder()
                        .addReplace(new HeaderOps.Replacement("Location", "http://", "https://"))
                        .build()));
        add(
                "headers-template",
                route -> route.headersUp(HeaderOps.builder()
                        .putSet("X-Who", "{http.vars.client_ip} of {http.request.host}$")
                        .template(true)
                        .build()));
        add("compression", route -> route.compression(Compression.USUAL));
        add(
                "cache",
                route -> route.cache(new CacheRule(Duration.ofMinutes(1), Duration.ofSeconds(30), Optional.empty())));
        add("rewrite-strip", route -> route.rewrite(Rewrite.stripPrefix("/app")));
        add(
                "rewrite-add",
                route -> route.rewrite(new Rewrite(
                        Optional.empty(), Optional.of("/base/{x}/$y"), Optional.empty(), Optional.empty())));
        add(
                "rewrite-path",
                route -> route.rewrite(new Rewrite(
                        Optional.empty(), Optional.empty(), Optional.of("/fixed?x=1"), Optional.of("GET"))));
        add(
                "error-pages",
                route -> route.addErrorPages(
                        new ErrorPage(5, "text/html", "<i>{http.error.status_code}</i>"),
                        new ErrorPage(502, "text/html", "bad")));
        add("access-log", route -> route.accessLog(new AccessLog(true, Optional.of("/var/log/rookery/a.log"), 20, 5)));
    }

    private void actions() {
        action("redirect", new RedirectTo("https://other.example.net", 308, true));
        action("redirect-elsewhere", new RedirectTo("https://other.example.net/%7Bx%7D?a=$b", 302, false));
        action("respond", new Respond(404, "text/plain", Map.of("X-A", "$b"), "line\n\"{env.HOME}\" \\ $host ;}"));
        action("files", new ServeFiles("/srv/a b", List.of("index.html"), true, List.of(".git", "*.bak"), true));
        action("reject", new Reject(OptionalInt.of(403)));
        action("abort", new Reject(OptionalInt.empty()));
    }

    private void upstreams() {
        for (var policy : Balancing.Policy.values()) {
            action(
                    "balancing-" + policy.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    two(builder -> builder.balancing(
                            Balancing.builder().policy(policy).key("Key").build())));
        }
        action(
                "retries",
                two(builder -> builder.balancing(Balancing.builder()
                        .retries(2)
                        .tryDuration(Duration.ofSeconds(3))
                        .addRetryMethods("GET", "POST")
                        .build())));
        action(
                "health-active",
                two(builder -> builder.activeHealth(
                        ActiveHealth.builder("/health").expectStatus(2).build())));
        action(
                "health-passive",
                two(builder -> builder.passiveHealth(PassiveHealth.builder()
                        .maxFails(3)
                        .addUnhealthyStatus(502, 503)
                        .build())));
        action("host-of-upstream", one(Upstream.http("10.0.0.1", 80), to -> to.hostHeader(HostHeader.OF_UPSTREAM)));
        action("host-fixed", one(Upstream.http("10.0.0.1", 80), to -> to.hostHeader(HostHeader.fixed("app.lan:8080"))));
        var tls = Upstream.builder()
                .scheme(Upstream.Scheme.HTTPS)
                .host("10.0.0.1")
                .port(8443)
                .build();
        action(
                "upstream-tls",
                one(
                        tls,
                        to -> to.transport(Transport.builder()
                                .tls(UpstreamTls.builder()
                                        .serverName("app.lan")
                                        .acceptInsecure(true)
                                        .build())
                                .build())));
        action(
                "upstream-h2c",
                one(
                        Upstream.builder()
                                .scheme(Upstream.Scheme.H2C)
                                .host("10.0.0.1")
                                .port(80)
                                .build(),
                        to -> to));
        action(
                "upstream-socket",
                one(
                        Upstream.builder()
                                .scheme(Upstream.Scheme.UNIX)
                                .host("/run/app.sock")
                                .build(),
                        to -> to));
        action("upstream-name", one(Upstream.http("game.example.net", 8080), to -> to));
        action("flush", one(Upstream.http("10.0.0.1", 80), to -> to.flushAtOnce(true)));
        action(
                "times",
                one(
                        Upstream.http("10.0.0.1", 80),
                        to -> to.transport(Transport.builder()
                                .dialTimeout(Duration.ofMillis(1500))
                                .responseTimeout(Duration.ofSeconds(30))
                                .maxConnectionsPerHost(10)
                                .build())));
    }

    private void connections() {
        stream(
                "l4-tcp",
                L4Route.builder("game")
                        .addListen(new L4Listen(L4Listen.Protocol.TCP, "127.0.0.1", 20_565, 2))
                        .addUpstreams(L4Upstream.of("10.0.0.5", 25_565), new L4Upstream("10.0.0.6", 25_565, 2))
                        .addSources("10.0.0.0/8")
                        .build());
        stream(
                "l4-udp",
                L4Route.builder("voice")
                        .addListen(new L4Listen(L4Listen.Protocol.UDP, "127.0.0.1", 20_987, 1))
                        .addUpstreams(L4Upstream.of("2001:db8::7", 9987))
                        .idleTimeout(Duration.ofMinutes(1))
                        .build());
        var shared = new L4Listen(L4Listen.Protocol.TCP, "127.0.0.1", 20_944, 1);
        stream(
                "l4-names",
                L4Route.builder("a")
                        .addListen(shared)
                        .addServerNames("a.example.net", "*.b.example.net")
                        .addUpstreams(L4Upstream.of("10.0.0.7", 443))
                        .policy(Balancing.Policy.LEAST_CONNECTIONS)
                        .build(),
                L4Route.builder("c")
                        .addListen(shared)
                        .addServerNames("c.example.net")
                        .addUpstreams(L4Upstream.of("10.0.0.8", 443))
                        .build());
        stream(
                "l4-proxy-protocol",
                L4Route.builder("mail")
                        .addListen(new L4Listen(L4Listen.Protocol.TCP, "127.0.0.1", 20_025, 1))
                        .addUpstreams(L4Upstream.of("10.0.0.9", 25), L4Upstream.of("10.0.0.10", 25))
                        .policy(Balancing.Policy.FIRST)
                        .proxyProtocol(1)
                        .build());
    }

    private void raw() {
        raw("raw-route", RawOverride.Point.ROUTE, Optional.of("a"), "group", new Json.Text("g"));
        raw("raw-route-before", RawOverride.Point.ROUTE_BEFORE, Optional.of("a"), "group", new Json.Text("g"));
        raw(
                "raw-server",
                RawOverride.Point.SERVER,
                Optional.of("plain"),
                "max_header_bytes",
                new Json.Num(BigDecimal.TEN));
        raw("raw-http", RawOverride.Point.HTTP, Optional.empty(), "shutdown_delay", new Json.Text("1s"));
    }

    private void rawNginx() {
        rawNginx(
                "raw-nginx-route",
                RawOverride.Point.ROUTE,
                Optional.of("a"),
                "add_header X-Piece \"a;{}$host\"; # all");
        rawNginx("raw-nginx-server", RawOverride.Point.SERVER, Optional.of("plain"), "keepalive_timeout 20s;");
        rawNginx(
                "raw-nginx-http",
                RawOverride.Point.HTTP,
                Optional.empty(),
                "map $http_user_agent $bad {\n  default 0;\n  '~*(bot|crawl;{x})' 1;\n}\nlarge_client_header_buffers 4 16k;");
    }

    private void rawNginx(String name, RawOverride.Point point, Optional<String> place, String text) {
        raw(name, new RawOverride(EngineKind.NGINX, point, place, new Json.Text(text), "the model has none"));
    }

    private void raw(String name, RawOverride.Point point, Optional<String> place, String member, Json value) {
        raw(name, new RawOverride(EngineKind.CADDY, point, place, new Json.Obj(Map.of(member, value)), "a test"));
    }

    private void raw(String name, RawOverride piece) {
        documents.put(
                name,
                ProxyDocument.builder()
                        .settings(settings())
                        .addRoutes(HttpRoute.builder("a", PROXY)
                                .addDomains("a.example.net")
                                .exposure(Exposure.PLAIN_HTTP)
                                .build())
                        .addRaw(piece)
                        .build());
    }

    private static ProxyTo two(UnaryOperator<ProxyToBuilder> change) {
        return change.apply(ProxyTo.builder(Upstream.http("10.0.0.1", 8080), Upstream.http("10.0.0.2", 8080)))
                .build();
    }

    private static ProxyTo one(Upstream upstream, UnaryOperator<ProxyToBuilder> change) {
        return change.apply(ProxyTo.builder(upstream)).build();
    }

    private void action(String name, Action action) {
        put(name, HttpRoute.builder("a", action).addDomains("a.example.net"));
    }

    private void add(String name, UnaryOperator<HttpRouteBuilder> change) {
        put(name, change.apply(HttpRoute.builder("a", PROXY).addDomains("a.example.net")));
    }

    private void put(String name, HttpRouteBuilder route) {
        documents.put(
                name,
                ProxyDocument.builder()
                        .settings(settings())
                        .addRoutes(route.exposure(Exposure.PLAIN_HTTP).build())
                        .build());
    }

    private void stream(String name, L4Route... routes) {
        documents.put(
                name,
                ProxyDocument.builder().settings(settings()).addL4Routes(routes).build());
    }

    private static ProxySettings settings() {
        return ProxySettings.builder()
                .addAllowedUpstreams("/run/app.sock")
                .listenAddress("127.0.0.1")
                .httpPort(20_080)
                .httpsPort(20_443)
                .geoDatabase("/var/lib/rookery/countries.mmdb")
                .build();
    }
}
