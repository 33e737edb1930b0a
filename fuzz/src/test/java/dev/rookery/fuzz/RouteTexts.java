package dev.rookery.fuzz;

import dev.rookery.proxy.route.Action;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.ErrorPage;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HeaderOps;
import dev.rookery.proxy.route.HostHeader;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.Maintenance;
import dev.rookery.proxy.route.PathMatch;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.RateLimit;
import dev.rookery.proxy.route.RedirectTo;
import dev.rookery.proxy.route.RequestMatch;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.route.Rewrite;
import dev.rookery.proxy.route.ServeFiles;
import dev.rookery.proxy.route.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Documents with one text of a stranger in them, each at another place. */
final class RouteTexts {

    private static final String HASH = "$2a$10$" + "a".repeat(53);
    private static final ProxyTo PROXY = ProxyTo.of(Upstream.http("10.0.0.1", 8080));

    static final List<Function<String, ProxyDocument>> PLACES = List.of(
            text -> document(HttpRoute.builder("a", PROXY).addDomains(text)),
            changed((route, text) -> route.addPaths(PathMatch.exact(text))),
            changed((route, text) -> route.addPaths(PathMatch.prefix(text))),
            changed((route, text) -> route.addPaths(PathMatch.regex(text))),
            changed((route, text) -> route.match(new RequestMatch(List.of("GET"), Map.of("X-A", text), Map.of()))),
            changed((route, text) -> route.match(new RequestMatch(List.of(), Map.of(text, "*"), Map.of("q", "1")))),
            changed((route, text) -> route.match(new RequestMatch(List.of(), Map.of(), Map.of("q", text)))),
            changed((route, text) -> route.headersUp(set("X-A", text, false))),
            changed((route, text) -> route.headersUp(set(text, "b", false))),
            changed((route, text) -> route.headersDown(set("X-A", text, false))),
            changed((route, text) -> route.headersUp(set("X-A", text, true))),
            changed((route, text) -> route.headersDown(set("X-A", text, true))),
            changed((route, text) -> route.addAuth(new BasicAuth(text, List.of(new BasicAuth.Account("ops", HASH))))),
            changed((route, text) -> route.addAuth(new BasicAuth("staff", List.of(new BasicAuth.Account(text, HASH))))),
            changed((route, text) ->
                    route.addAuth(new ForwardAuth(Upstream.http("10.0.0.9", 9000), text, List.of("Remote-User")))),
            changed((route, text) -> route.rewrite(Rewrite.stripPrefix(text))),
            changed((route, text) -> route.rewrite(
                    new Rewrite(Optional.empty(), Optional.of(text), Optional.empty(), Optional.empty()))),
            changed((route, text) -> route.rewrite(
                    new Rewrite(Optional.empty(), Optional.empty(), Optional.of(text), Optional.empty()))),
            changed((route, text) -> route.addErrorPages(new ErrorPage(502, "text/html", text))),
            changed((route, text) ->
                    route.maintenance(new Maintenance(Optional.empty(), "text/html", text, List.of()))),
            changed((route, text) -> route.addRateLimits(new RateLimit(
                    "all", RateLimit.Key.HEADER, Optional.of(text), 20, Duration.ofMinutes(1), List.of()))),
            action(text -> new RedirectTo(text, 302, false)),
            action(text -> new RedirectTo(text, 308, true)),
            action(text -> new Respond(404, "text/plain", Map.of("X-A", "b"), text)),
            action(text -> new Respond(404, text, Map.of("X-A", "b"), "body")),
            action(text -> new ServeFiles(text, List.of("index.html"), true, List.of(), true)),
            action(text -> new ServeFiles("/srv", List.of(text), true, List.of(text), true)),
            action(text -> ProxyTo.of(Upstream.http(text, 8080))),
            action(text -> ProxyTo.builder(Upstream.http("10.0.0.1", 80))
                    .hostHeader(HostHeader.fixed(text))
                    .build()));

    private RouteTexts() {}

    private static Function<String, ProxyDocument> changed(
            BiFunction<HttpRouteBuilder, String, HttpRouteBuilder> change) {
        return text -> document(change.apply(HttpRoute.builder("a", PROXY).addDomains("a.example.net"), text));
    }

    private static Function<String, ProxyDocument> action(Function<String, Action> action) {
        return text -> document(HttpRoute.builder("a", action.apply(text)).addDomains("a.example.net"));
    }

    private static HeaderOps set(String name, String value, boolean template) {
        return HeaderOps.builder().putSet(name, value).template(template).build();
    }

    private static ProxyDocument document(HttpRouteBuilder route) {
        return ProxyDocument.builder()
                .settings(ProxySettings.builder().listenAddress("127.0.0.1").build())
                .addRoutes(route.exposure(Exposure.PLAIN_HTTP).build())
                .build();
    }
}
