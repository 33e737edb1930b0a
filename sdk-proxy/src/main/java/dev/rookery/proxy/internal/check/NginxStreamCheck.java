package dev.rookery.proxy.internal.check;

import static dev.rookery.proxy.internal.check.NginxCheck.lacks;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks connections and datagrams against what nginx's module for them can do. */
final class NginxStreamCheck {

    private final Findings found;
    private final EngineFeatures engine;
    private final Scope scope;
    private final Map<String, L4Route> ports = new HashMap<>();

    private NginxStreamCheck(Findings found, Scope scope) {
        this.found = found;
        this.engine = scope.engine();
        this.scope = scope;
    }

    static void check(Findings found, Scope scope) {
        var check = new NginxStreamCheck(found, scope);
        var routes = scope.document().l4Routes();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).enabled()) {
                check.route(found.at("l4Routes", i).of(routes.get(i).id()), routes.get(i));
            }
        }
    }

    private void route(Findings place, L4Route route) {
        found.at("l4Routes").require(engine.has("stream"), "FEATURE_NEEDS_PLUGIN", engine.lacking("stream"));
        lacks(place.at("proxyProtocol"), engine, route.proxyProtocol() == 2, "version 2 of the PROXY protocol", "1");
        boolean named = route.upstreams().stream()
                .anyMatch(upstream ->
                        upstream.host().indexOf(':') < 0 && !upstream.host().matches("[0-9.]+"));
        lacks(
                place.at("upstreams"),
                engine,
                named && route.upstreams().size() > 1,
                "several upstreams, some by name",
                "their addresses");
        lacks(
                place.at("policy"),
                engine,
                route.policy() == Balancing.Policy.FIRST && route.upstreams().size() > 2,
                "an order of more than two upstreams",
                "two");
        boolean files = route.tlsPolicy()
                .flatMap(scope::policy)
                .filter(policy -> policy.issuer() instanceof Issuer.Files)
                .isPresent();
        lacks(
                place.at("serverNames"),
                engine,
                route.tls() == L4Route.Tls.TERMINATE && route.serverNames().size() > 1 && !files,
                "several names that have a certificate each on one port",
                "one name, or a policy of files");
        for (var listen : route.listen()) {
            for (int i = 0; i < listen.ports(); i++) {
                shared(place.at("listen"), route, listen, i);
            }
        }
    }

    private void shared(Findings place, L4Route route, L4Listen listen, int offset) {
        var port = listen.protocol() + " " + listen.host() + " " + (listen.port() + offset);
        var other = Optional.ofNullable(ports.putIfAbsent(port, route));
        other.ifPresent(first -> {
            boolean ends = first.tls() == L4Route.Tls.TERMINATE || route.tls() == L4Route.Tls.TERMINATE;
            lacks(place, engine, ends, "a port of several routes of which one ends TLS", "ports of their own");
            boolean alike = first.sources().equals(route.sources()) && first.proxyProtocol() == route.proxyProtocol();
            lacks(place, engine, !alike, "a port of several routes with different sources", "the same ones");
        });
    }
}
