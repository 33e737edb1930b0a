package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.BasicAuth;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.PortalAuth;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;

/** Checks what is wanted against what the engine can do: an error names the feature, the version and where to get it. */
final class FeatureCheck {

    private final Findings found;
    private final EngineFeatures engine;

    private FeatureCheck(Findings found, EngineFeatures engine) {
        this.found = found;
        this.engine = engine;
    }

    static void check(Findings found, Scope scope) {
        if (scope.engine().kind() == EngineKind.CADDY) {
            new FeatureCheck(found, scope.engine()).caddy(scope);
        } else {
            NginxCheck.check(found, scope);
        }
    }

    private void caddy(Scope scope) {
        var routes = scope.document().routes();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).enabled()) {
                caddy(found.at("routes", i).of(routes.get(i).id()), routes.get(i));
            }
        }
        var policies = scope.document().tlsPolicies();
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).issuer() instanceof Issuer.Acme acme) {
                var place = found.at("tlsPolicies", i);
                acme.dns().ifPresent(dns -> module(place, "dns.providers." + dns.provider()));
            }
        }
        if (scope.document().l4Routes().stream().anyMatch(route -> route.enabled())) {
            module(found.at("l4Routes"), "layer4");
        }
        var streams = scope.document().l4Routes();
        for (int i = 0; i < streams.size(); i++) {
            var route = streams.get(i);
            boolean clients = route.enabled()
                    && route.tls() == L4Route.Tls.TERMINATE
                    && route.tlsPolicy()
                            .flatMap(scope::policy)
                            .flatMap(TlsPolicy::clientAuthorityFile)
                            .isPresent();
            found.at("l4Routes", i)
                    .of(route.id())
                    .at("tlsPolicy")
                    .require(
                            !clients,
                            "FEATURE_NEEDS_ENGINE",
                            "certificates of clients for connections with " + engine.title()
                                    + " (expected: a policy without clientAuthorityFile, or nginx)");
        }
    }

    private void caddy(Findings place, HttpRoute route) {
        if (!route.rateLimits().isEmpty()) {
            module(place.at("rateLimits"), "http.handlers.rate_limit");
        }
        route.cache().ifPresent(cache -> module(place.at("cache"), "http.handlers.cache"));
        route.geoAccess().ifPresent(access -> module(place.at("geoAccess"), "http.matchers.maxmind_geolocation"));
        for (var auth : route.auth()) {
            if (auth instanceof PortalAuth) {
                module(place.at("auth"), "security");
            }
            if (auth instanceof BasicAuth basic
                    && basic.accounts().stream()
                            .anyMatch(account -> account.hash().startsWith("$argon2id$"))) {
                version(place.at("auth"), 2, 11, "argon2id");
            }
        }
        if (route.action() instanceof ProxyTo proxy) {
            caddy(place.at("action"), proxy);
        }
        route.webSockets()
                .timeout()
                .ifPresent(time -> version(place.at("webSockets"), 2, 8, "a time limit of streams"));
    }

    private void caddy(Findings place, ProxyTo proxy) {
        switch (proxy.balancing().policy()) {
            case WEIGHTED, CLIENT_IP_HASH, QUERY ->
                version(
                        place.at("balancing"),
                        2,
                        8,
                        "the policy " + proxy.balancing().policy());
            default -> {}
        }
        boolean weighted = proxy.upstreams().stream().anyMatch(upstream -> upstream.effectiveWeight() != 1);
        boolean byWeight = proxy.balancing().policy() == Balancing.Policy.WEIGHTED;
        place.require(!weighted || byWeight, "UPSTREAM_WEIGHTS", "weights (expected: the policy weighted)");
        boolean backup = proxy.upstreams().stream().anyMatch(upstream -> upstream.backup());
        place.require(
                !backup,
                "FEATURE_NEEDS_ENGINE",
                "backup upstreams with " + engine.title() + " (expected: the policy first, in the wanted order)");
        proxy.activeHealth().ifPresent(health -> {
            if (!health.method().equals("GET")) {
                version(place.at("activeHealth"), 2, 9, "the method of health checks");
            }
            if (health.passes() != 1 || health.fails() != 1) {
                version(place.at("activeHealth"), 2, 8, "passes and fails of health checks");
            }
        });
        proxy.transport()
                .proxyProtocol()
                .ifPresent(version -> version(place.at("transport"), 2, 8, "the PROXY protocol to upstreams"));
    }

    private void module(Findings place, String module) {
        place.require(engine.has(module), "FEATURE_NEEDS_PLUGIN", engine.lacking(module));
    }

    private void version(Findings place, int major, int minor, String feature) {
        place.require(
                engine.atLeast(major, minor),
                "FEATURE_NEEDS_VERSION",
                feature + " with " + engine.title() + " (expected: " + major + "." + minor + " or newer)");
    }
}
