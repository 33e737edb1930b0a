package dev.rookery.proxy.engine;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.Respond;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Routes at random, of few names and few paths, so that many of them want the same requests; each answers with its id. The same for the same seed. */
public final class RandomNames {

    /** Hosts that requests are for. */
    public static final List<String> HOSTS = List.of(
            "a.example.net",
            "A.Example.Net",
            "b.example.net",
            "c.example.net",
            "a.b.example.net",
            "c.b.example.net",
            "example.net",
            "other.example.org");

    /** Paths that requests are for, also in forms that stand for others. */
    public static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/A",
            "/a/",
            "/ab",
            "/a/b",
            "/A/B",
            "/a/b/c",
            "/a/bc",
            "/b",
            "/b/",
            "/b/a",
            "/v1",
            "/V1",
            "/v1/a",
            "//a",
            "/a//b",
            "/%61",
            "/a/../b/",
            "/b/../a/b",
            "/./a");

    private static final List<String> NAMES =
            List.of("a.example.net", "b.example.net", "a.b.example.net", "*.example.net", "*.b.example.net");

    private static final List<PathMatch> MATCHES = List.of(
            PathMatch.exact("/"),
            PathMatch.exact("/a"),
            PathMatch.exact("/A/b"),
            PathMatch.prefix("/"),
            PathMatch.prefix("/a"),
            PathMatch.prefix("/a/b"),
            PathMatch.prefix("/b/"),
            PathMatch.regex("^/v[0-9]+$"),
            PathMatch.regex("b"),
            PathMatch.regex("^/a"));

    private final Random random;

    /** Creates it. */
    public RandomNames(long seed) {
        random = new Random(seed);
    }

    /** Returns routes, which may be in each other's way. */
    public List<HttpRoute> routes() {
        var routes = new ArrayList<HttpRoute>();
        int count = 2 + random.nextInt(7);
        for (int i = 0; i < count; i++) {
            routes.add(route("r" + i));
        }
        return routes;
    }

    /** Returns routes of which none is refused. */
    List<HttpRoute> accepted(ProxySettings settings, EngineFeatures engine) {
        var routes = new ArrayList<>(routes());
        while (true) {
            var document = ProxyDocument.builder()
                    .settings(settings)
                    .addAllRoutes(routes)
                    .build();
            var refused = new HashSet<String>();
            RouteCheck.check(document, engine).stream()
                    .filter(Finding::error)
                    .forEach(finding -> refused.add(finding.route().orElseThrow()));
            if (refused.isEmpty()) {
                return routes;
            }
            routes.removeIf(route -> refused.contains(route.id()));
        }
    }

    /** Returns what matters of routes, a line for each. */
    public static String shown(List<HttpRoute> routes) {
        return routes.stream()
                .filter(HttpRoute::enabled)
                .map(route -> "\n" + route.id() + " " + route.priority() + " "
                        + (route.catchAll() ? "all" : route.domains()) + " " + route.paths())
                .collect(Collectors.joining());
    }

    private HttpRoute route(String id) {
        var route = HttpRoute.builder(id, new Respond(200, "text/plain", Map.of(), id))
                .exposure(Exposure.PLAIN_HTTP)
                .enabled(random.nextInt(8) > 0)
                .priority(random.nextInt(3))
                .paths(some(MATCHES, random.nextInt(4)));
        return (random.nextInt(10) == 0 ? route.catchAll(true) : route.domains(some(NAMES, 1 + random.nextInt(3))))
                .build();
    }

    private <T> List<T> some(List<T> all, int count) {
        var drawn = new ArrayList<>(all);
        Collections.shuffle(drawn, random);
        return List.copyOf(drawn.subList(0, count));
    }
}
