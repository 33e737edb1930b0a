package dev.rookery.proxy.internal.caddy;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.route.AccessLog;
import dev.rookery.proxy.route.Action;
import dev.rookery.proxy.route.ActiveHealth;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.Compression;
import dev.rookery.proxy.route.ErrorPage;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HostHeader;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.IpAccess;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.Maintenance;
import dev.rookery.proxy.route.PassiveHealth;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.Reject;
import dev.rookery.proxy.route.RequestMatch;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.Rewrite;
import dev.rookery.proxy.route.ServeFiles;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Transport;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.route.UpstreamTls;
import dev.rookery.proxy.route.WebSockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Makes documents at random, without errors, of all that an engine without plugins can do; the same for the same seed. */
public final class RandomRoutes {

    private static final String HASH = "$2a$10$" + "a".repeat(53);

    private static final List<String> TEXTS = List.of(
            "plain",
            "{env.HOME}",
            "a {file./etc/hostname} b",
            "\\{x}",
            "100 %",
            "\"quoted\"",
            "'",
            "`",
            "<b>ä</b>",
            "}{",
            "$host",
            ";}",
            "\\n",
            "");

    private final Random random;
    private final boolean modern;
    private final boolean nginx;
    private final boolean connections;
    private final Issuer issuer;

    RandomRoutes(long seed, boolean modern) {
        this(seed, modern, false, false, new Issuer.Internal(Optional.empty()));
    }

    private RandomRoutes(long seed, boolean modern, boolean nginx, boolean connections, Issuer issuer) {
        this.random = new Random(seed);
        this.modern = modern;
        this.nginx = nginx;
        this.connections = connections;
        this.issuer = issuer;
    }

    /** Returns what makes documents of what a Caddy can do. */
    static RandomRoutes forCaddy(long seed, EngineFeatures engine) {
        return new RandomRoutes(
                seed, engine.atLeast(2, 8), false, engine.has("layer4"), new Issuer.Internal(Optional.empty()));
    }

    /** Returns what makes documents of what nginx can do, too. */
    public static RandomRoutes forNginx(long seed, Issuer.Files certificate) {
        return new RandomRoutes(seed, false, true, true, certificate);
    }

    private List<L4Route> l4Routes() {
        var routes = new ArrayList<L4Route>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            boolean udp = maybe();
            var route = L4Route.builder("l4-" + i)
                    .addListen(new L4Listen(
                            udp ? L4Listen.Protocol.UDP : L4Listen.Protocol.TCP,
                            maybe() ? "127.0.0.1" : "",
                            21_000 + 10 * i,
                            1 + random.nextInt(3)))
                    .addUpstreams(L4Upstream.of("10.0.1." + (1 + random.nextInt(200)), 9_000 + i));
            if (maybe()) {
                route.addUpstreams(L4Upstream.of("10.0.2.1", 9_000 + i)).policy(policy());
            }
            if (maybe()) {
                route.addSources("10.0.0.0/8", "2001:db8::/32");
            }
            if (udp) {
                route.idleTimeout(Duration.ofSeconds(1 + random.nextInt(100)));
            } else if (maybe()) {
                route.addServerNames("l4-" + i + ".example.net", "*.l4-" + i + ".example.net");
            }
            routes.add(route.build());
        }
        return routes;
    }

    private Balancing.Policy policy() {
        return List.of(Balancing.Policy.RANDOM, Balancing.Policy.LEAST_CONNECTIONS, Balancing.Policy.IP_HASH)
                .get(random.nextInt(3));
    }

    /** Returns the next document. */
    public ProxyDocument document() {
        var own = nginx ? issuer : new Issuer.Internal(maybe(Duration.ofHours(24)));
        var policies = List.of(
                new TlsPolicy("own", List.of(), own, Optional.empty()),
                new TlsPolicy("all", List.of("*.sub.example.net"), issuer, Optional.empty()));
        var settings = ProxySettings.builder()
                .httpPort(20_080)
                .httpsPort(20_443)
                .listenAddress("127.0.0.1")
                .tunnelPort(maybe() ? OptionalInt.of(20_081) : OptionalInt.empty())
                .http3(!nginx && maybe())
                .compression(maybe() ? Compression.USUAL : Compression.OFF)
                .trustedProxies(maybe() ? List.of("10.0.0.0/8", "2001:db8::/32") : List.of())
                .build();
        var routes = new ArrayList<HttpRoute>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            routes.add(route(i));
        }
        return ProxyDocument.builder()
                .settings(settings)
                .tlsPolicies(policies)
                .addAllRoutes(routes)
                .addAllL4Routes(connections ? l4Routes() : List.of())
                .build();
    }

    private HttpRoute route(int number) {
        var exposure = maybe() ? Exposure.PUBLIC : maybe() ? Exposure.LAN : Exposure.PLAIN_HTTP;
        var builder = HttpRoute.builder("r" + number, action(number))
                .exposure(exposure)
                .enabled(random.nextInt(10) > 0)
                .priority(random.nextInt(5))
                .tlsPolicy("own")
                .paths(paths())
                .match(match())
                .rewrite(rewrite())
                .headersUp(headers())
                .headersDown(headers())
                .compression(maybe(Compression.USUAL))
                .bodyLimitBytes(random.nextInt(3) * 1000L)
                .webSockets(webSockets())
                .accessLog(new AccessLog(maybe(), Optional.empty(), 0, 0))
                .ipAccess(maybe(new IpAccess(
                        maybe() ? List.of("10.0.0.0/8") : List.of(),
                        maybe() ? List.of("::1", "192.0.2.1") : List.of(),
                        maybe(),
                        maybe(),
                        403)))
                .maintenance(maybe(new Maintenance(
                        maybe(Duration.ofMinutes(5)),
                        "text/plain",
                        text(),
                        maybe() ? List.of("10.1.0.0/16") : List.of())));
        if (number == 7) {
            builder.catchAll(true).exposure(Exposure.PLAIN_HTTP);
        } else {
            builder.addDomains("h" + number + ".example.net", "H" + number + ".other.example.net");
            if (maybe()) {
                builder.addDomains("*.w" + number + ".example.net");
            }
        }
        if (maybe()) {
            builder.addAuth(
                    maybe()
                            ? new BasicAuth(
                                    text().isEmpty() ? "x" : "realm " + text().replace("\n", ""),
                                    List.of(new BasicAuth.Account("ops", HASH), new BasicAuth.Account("dev", HASH)))
                            : new ForwardAuth(
                                    Upstream.http("10.0.0.9", 9000), "/verify", List.of("Remote-User", "X-Groups")));
        }
        if (maybe()) {
            builder.addErrorPages(new ErrorPage(5, "text/html", text()), new ErrorPage(404, "text/html", text()));
        }
        return builder.build();
    }

    private Action action(int number) {
        return switch (random.nextInt(8)) {
            case 0 -> new RedirectTo("https://other.example.net", 308, true);
            case 1 -> new RedirectTo("https://other.example.net/%7Bx%7D?a=b", 302, false);
            case 2 ->
                new Respond(200 + random.nextInt(3), "text/plain", Map.of("X-A", text().replace("\n", "")), text());
            case 3 -> new Reject(maybe() ? OptionalInt.of(403) : OptionalInt.empty());
            case 4 ->
                new ServeFiles(
                        "/srv/r" + number, List.of(), maybe(), maybe() ? List.of(".git", "*.bak") : List.of(), maybe());
            default -> proxy();
        };
    }

    private ProxyTo proxy() {
        var scheme = maybe() ? Upstream.Scheme.HTTP : nginx || maybe() ? Upstream.Scheme.HTTPS : Upstream.Scheme.H2C;
        var builder = ProxyTo.builder()
                .hostHeader(
                        nginx || maybe()
                                ? HostHeader.KEPT
                                : maybe() ? HostHeader.OF_UPSTREAM : HostHeader.fixed("app.internal:8080"))
                .flushAtOnce(maybe())
                .balancing(balancing())
                .transport(transport(scheme));
        int count = 1 + random.nextInt(nginx ? 2 : 3);
        for (int i = 0; i < count; i++) {
            builder.addUpstreams(Upstream.builder()
                    .scheme(scheme)
                    .host(i == 1 ? "2001:db8::" + (i + 1) : "10.0.0." + (i + 1))
                    .port(8000 + i)
                    .maxRequests(random.nextInt(2) * 100)
                    .build());
        }
        if (!nginx && maybe()) {
            builder.activeHealth(ActiveHealth.builder("/health?x=1")
                    .expectStatus(2)
                    .expectBody("^ok")
                    .putHeaders("X-Probe", text())
                    .build());
        }
        if (maybe()) {
            builder.passiveHealth(PassiveHealth.builder()
                    .addUnhealthyStatus(502, 503)
                    .unhealthyLatency(nginx ? Optional.empty() : Optional.of(Duration.ofSeconds(5)))
                    .maxConcurrent(100)
                    .build());
        }
        return builder.build();
    }

    private Balancing balancing() {
        var policies = new ArrayList<>(List.of(
                Balancing.Policy.RANDOM,
                Balancing.Policy.ROUND_ROBIN,
                Balancing.Policy.LEAST_CONNECTIONS,
                Balancing.Policy.FIRST,
                Balancing.Policy.IP_HASH,
                Balancing.Policy.URI_HASH,
                Balancing.Policy.HEADER,
                Balancing.Policy.RANDOM_CHOOSE));
        if (!nginx) {
            policies.add(Balancing.Policy.COOKIE);
        }
        if (modern) {
            policies.addAll(
                    List.of(Balancing.Policy.WEIGHTED, Balancing.Policy.CLIENT_IP_HASH, Balancing.Policy.QUERY));
        }
        return Balancing.builder()
                .policy(policies.get(random.nextInt(policies.size())))
                .key("X-Key")
                .retries(random.nextInt(3))
                .tryDuration(Duration.ofMillis(random.nextInt(3) * 1500L))
                .addRetryMethods("GET", "HEAD")
                .build();
    }

    private Transport transport(Upstream.Scheme scheme) {
        var builder = Transport.builder()
                .responseTimeout(maybe(Duration.ofSeconds(30)))
                .readTimeout(maybe(Duration.ofMillis(1500)))
                .maxConnectionsPerHost(random.nextInt(2) * 10);
        if (scheme == Upstream.Scheme.HTTPS && (nginx || maybe())) {
            builder.tls(UpstreamTls.builder()
                    .serverName("app.internal")
                    .acceptInsecure(maybe())
                    .build());
        }
        if (modern && maybe()) {
            builder.proxyProtocol(1 + random.nextInt(2));
        }
        return builder.build();
    }

    private List<PathMatch> paths() {
        var paths = new ArrayList<PathMatch>();
        if (maybe()) {
            paths.add(PathMatch.prefix("/api"));
        }
        if (maybe()) {
            paths.add(PathMatch.exact("/a{b}"));
            paths.add(PathMatch.regex("^/v[0-9]{1,3}/(?:a|b)$"));
        }
        return paths;
    }

    private RequestMatch match() {
        return nginx || maybe()
                ? RequestMatch.any()
                : new RequestMatch(
                        List.of("GET", "POST"), Map.of("X-Kind", "*", "X-Text", "a{b}"), Map.of("q", "*", "r", "1"));
    }

    private Rewrite rewrite() {
        return switch (random.nextInt(5)) {
            case 0 -> Rewrite.stripPrefix("/api");
            case 1 -> new Rewrite(Optional.empty(), Optional.of("/base/{x}"), Optional.empty(), Optional.empty());
            case 2 ->
                new Rewrite(
                        Optional.of("/a"),
                        Optional.empty(),
                        Optional.of("/fixed?x=1"),
                        nginx ? Optional.empty() : Optional.of("GET"));
            default -> Rewrite.NONE;
        };
    }

    private HeaderOps headers() {
        if (maybe()) {
            return HeaderOps.NONE;
        }
        if (nginx) {
            return HeaderOps.builder()
                    .putSet("X-Set", text())
                    .addDelete("X-Gone")
                    .build();
        }
        return HeaderOps.builder()
                .putSet("X-Set", text())
                .putAdd("X-Add", text())
                .addDelete("X-Gone")
                .addReplace(
                        new HeaderOps.Replacement("Location", "http://", "https://"),
                        new HeaderOps.Replacement("Location", "{a}", text()))
                .build();
    }

    private WebSockets webSockets() {
        return new WebSockets(
                random.nextInt(4) == 0, modern ? maybe(Duration.ofHours(24)) : Optional.empty(), Duration.ofMinutes(5));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private boolean maybe() {
        return random.nextBoolean();
    }

    private <T> Optional<T> maybe(T value) {
        return maybe() ? Optional.of(value) : Optional.empty();
    }
}
