package dev.rookery.examples.panel.http;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.PortalAuth;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Something that not every engine can do, as the UI sees it.
 *
 * @param id of the UI
 * @param module of the engine; empty if the engine needs none for it
 * @param installed whether this engine can do it
 * @param source where to get it
 * @param routes the ids of those that ask for it
 */
record ProxyPlugin(String id, String module, boolean installed, String source, List<String> routes) {

    /** What nginx does by itself. */
    private static final Set<String> NGINX_HAS = Set.of("rate-limit", "cache");

    /** Returns all there are. */
    static List<ProxyPlugin> of(EngineFeatures engine, ProxyDocument document) {
        var policies = document.tlsPolicies().stream()
                .filter(policy -> policy.issuer() instanceof Issuer.Acme acme
                        && acme.dns().isPresent())
                .map(TlsPolicy::name)
                .collect(Collectors.toSet());
        return List.of(
                plugin(
                        engine,
                        "rate-limit",
                        "http.handlers.rate_limit",
                        using(document, route -> !route.rateLimits().isEmpty())),
                plugin(
                        engine,
                        "cache",
                        "http.handlers.cache",
                        using(document, route -> route.cache().isPresent())),
                plugin(
                        engine,
                        "geoip",
                        "http.matchers.maxmind_geolocation",
                        using(document, route -> route.geoAccess().isPresent())),
                plugin(
                        engine,
                        "security",
                        "security",
                        using(document, route -> route.auth().stream().anyMatch(PortalAuth.class::isInstance))),
                plugin(
                        engine,
                        "layer4",
                        "layer4",
                        document.l4Routes().stream().map(L4Route::id).toList()),
                plugin(
                        engine,
                        "dns-cloudflare",
                        "dns.providers.cloudflare",
                        using(
                                document,
                                route -> route.tlsPolicy()
                                        .filter(policies::contains)
                                        .isPresent())));
    }

    private static ProxyPlugin plugin(EngineFeatures engine, String id, String module, List<String> routes) {
        if (engine.kind() == EngineKind.CADDY) {
            return new ProxyPlugin(id, module, engine.has(module), source(module), routes);
        }
        if (id.equals("layer4")) {
            var stream = "stream";
            return new ProxyPlugin(id, stream, engine.has(stream), source(stream), routes);
        }
        return new ProxyPlugin(id, "", NGINX_HAS.contains(id), "", routes);
    }

    private static String source(String module) {
        return EngineFeatures.source(module).orElse("");
    }

    private static List<String> using(ProxyDocument document, Predicate<HttpRoute> uses) {
        return document.routes().stream().filter(uses).map(HttpRoute::id).toList();
    }
}
