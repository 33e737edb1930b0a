package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.RouteCheck;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names that move from the tunnel to a record or a rule that leads past the proxy: the proxy goes on with their route until the cloud leads them elsewhere,
 * for a while at most. Nothing else is kept: what is removed, switched off or made private ends when the change is proven, whatever the cloud still says.
 * See docs/decisions/0003-order-of-leaving.md.
 */
final class Handover {

    static final Duration LIMIT = Duration.ofMinutes(10);

    private final RouteStore store;
    private final Clock clock;

    Handover(RouteStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Returns what the engine is to run for a revision: its document, as long as no name is on the way. */
    ProxyDocument of(Revision saved, EngineFeatures features) {
        if (left(saved).isZero()) {
            return saved.document();
        }
        return store.find(told())
                .map(before -> carried(before.document(), saved.document()))
                .filter(document ->
                        RouteCheck.check(document, features).stream().noneMatch(Finding::error))
                .orElse(saved.document());
    }

    /** Returns how long the cloud may still be waited for; zero once it has been told of the revision. */
    Duration left(Revision saved) {
        long told = told();
        if (told == 0 || told >= saved.number()) {
            return Duration.ZERO;
        }
        var left = LIMIT.minus(since(told, saved));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private long told() {
        return store.stage(BackgroundStages.CLOUD).map(StageState::revision).orElse(0L);
    }

    /** From when the cloud has been behind, or from now if nobody knows any more. */
    private Duration since(long told, Revision saved) {
        var first = store.find(told + 1).orElse(saved);
        return Duration.between(first.header().note().at(), clock.instant());
    }

    private static ProxyDocument carried(ProxyDocument before, ProxyDocument after) {
        var leaving = names(after.routes(), Set.of(Exposure.TUNNEL_TCP, Exposure.DIRECT_DNS));
        leaving.retainAll(names(before.routes(), Set.of(Exposure.TUNNEL)));
        if (leaving.isEmpty()) {
            return after;
        }
        // The proxy has nothing of the routes that lead past it.
        var routes = after.routes().stream()
                .filter(route -> route.exposure().proxied() || !route.enabled())
                .collect(Collectors.toList());
        var ids = new HashSet<String>();
        routes.forEach(route -> ids.add(route.id()));
        before.routes().stream()
                .filter(route -> route.enabled() && route.exposure() == Exposure.TUNNEL && ids.add(route.id()))
                .map(route -> only(route, leaving))
                .filter(route -> !route.domains().isEmpty())
                .forEach(routes::add);
        return ProxyDocument.builder().from(after).routes(routes).build();
    }

    private static HttpRoute only(HttpRoute route, Set<String> names) {
        var kept = route.domains().stream()
                .filter(name -> names.contains(name(name)))
                .toList();
        return HttpRoute.builder(route.id(), route.action())
                .from(route)
                .domains(kept)
                .build();
    }

    private static Set<String> names(List<HttpRoute> routes, Set<Exposure> exposures) {
        return routes.stream()
                .filter(route -> route.enabled() && exposures.contains(route.exposure()))
                .flatMap(route -> route.domains().stream())
                .map(Handover::name)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String name(String domain) {
        return Domain.parse(domain).toString();
    }
}
