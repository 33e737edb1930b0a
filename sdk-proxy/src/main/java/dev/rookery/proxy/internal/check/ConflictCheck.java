package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.internal.order.RouteOrder;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks routes in use against each other: who gets a request that more than one of them could have. */
final class ConflictCheck {

    /** Every pair of them is compared. */
    private static final int OF_ONE_NAME_MAX = 500;

    private final Findings found;
    private final Map<Domain, List<Placed>> byName = new LinkedHashMap<>();

    private ConflictCheck(Findings found) {
        this.found = found;
    }

    static void check(Findings found, ProxyDocument document) {
        var check = new ConflictCheck(found);
        check.catchAll(document.routes());
        check.collect(document.routes());
        check.byName.forEach(check::ofOneName);
        check.wildcards();
    }

    private void collect(List<HttpRoute> routes) {
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            if (route.enabled()) {
                var placed = new Placed(route, found.at("routes", i).of(route.id()));
                HttpRouteCheck.domains(route).stream()
                        .distinct()
                        .forEach(domain -> byName.computeIfAbsent(domain, key -> new ArrayList<>())
                                .add(placed));
            }
        }
    }

    private void catchAll(List<HttpRoute> routes) {
        var first = new HashMap<Optional<Listener>, String>();
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            if (route.enabled()
                    && route.catchAll()
                    && route.paths().isEmpty()
                    && route.match().conditions() == 0) {
                var other = first.putIfAbsent(Listener.of(route.exposure()), route.id());
                found.at("routes", i)
                        .of(route.id())
                        .require(
                                other == null,
                                "ROUTE_DUPLICATE",
                                "catches all, as route " + Shown.of(String.valueOf(other))
                                        + " does (expected: one for each listener)");
            }
        }
    }

    private void ofOneName(Domain domain, List<Placed> routes) {
        if (routes.size() > OF_ONE_NAME_MAX) {
            routes.get(0)
                    .found()
                    .error(
                            "LIMIT_ROUTES_OF_NAME",
                            routes.size() + " routes of '" + domain + "' (expected: at most " + OF_ONE_NAME_MAX + ")");
            return;
        }
        for (int i = 0; i < routes.size(); i++) {
            for (int j = i + 1; j < routes.size(); j++) {
                compare(domain, routes.get(i), routes.get(j));
            }
        }
    }

    private static void compare(Domain domain, Placed one, Placed other) {
        if (!one.route().owner().equals(other.route().owner())) {
            other.found()
                    .error(
                            "DOMAIN_TAKEN",
                            "'" + domain + "' belongs to the owner of route "
                                    + Shown.of(one.route().id()));
        } else if (clash(one.route().exposure(), other.route().exposure())) {
            other.found()
                    .error(
                            "EXPOSURE_CLASH",
                            "'" + domain + "' has one record, and route "
                                    + Shown.of(one.route().id()) + " wants another one");
        } else if (one.route().exposure() == Exposure.TUNNEL
                && other.route().exposure() == Exposure.TUNNEL
                && !one.route().binding().equals(other.route().binding())) {
            other.found()
                    .error(
                            "TUNNEL_CLASH",
                            "'" + domain + "' is led through another tunnel by route "
                                    + Shown.of(one.route().id()));
        } else if (Listener.of(one.route().exposure())
                        .equals(Listener.of(other.route().exposure()))
                && !Paths.separate(one.route(), other.route())) {
            boolean first = RouteOrder.OF_ONE_NAME.compare(one.route(), other.route()) <= 0;
            paths(domain, first ? one : other, first ? other : one);
        }
    }

    /** A name has one record: one that leads to a tunnel, or one that leads past it. */
    private static boolean clash(Exposure one, Exposure other) {
        return !one.proxied() || !other.proxied();
    }

    private static void paths(Domain domain, Placed first, Placed second) {
        var before = first.route();
        var after = second.route();
        var with = "'" + domain + "' with route " + Shown.of(before.id()) + " (" + Shown.of(Paths.shown(before)) + ")";
        if (Paths.same(before, after) && before.match().equals(after.match())) {
            second.found()
                    .error(
                            "ROUTE_DUPLICATE",
                            "the same requests of " + with + " (expected: another path, method, header or parameter)");
        } else if (Paths.cover(before, after) && Paths.coverConditions(before, after)) {
            second.found()
                    .error(
                            "PATH_SHADOWED",
                            "never asked, because of a priority: " + with
                                    + " comes before it and has all its requests");
        } else if (Paths.unknown(before, after) && before.priority() == after.priority()) {
            second.found()
                    .warning(
                            "PATH_UNDECIDABLE",
                            "may have requests in common: " + with + " (expected: different priorities)");
        } else if (Paths.cover(after, before)) {
            second.found().note("PATH_NESTED", "within it: " + with + ", which comes first");
        } else if (Paths.common(before, after)) {
            second.found().note("PATH_OVERLAP", "has requests in common: " + with + ", which comes first");
        }
    }

    private void wildcards() {
        byName.forEach((domain, routes) -> {
            domain.above()
                    .map(byName::get)
                    .ifPresent(above -> routes.forEach(route -> shadow(domain, route, above.get(0))));
        });
    }

    private static void shadow(Domain domain, Placed exact, Placed wildcard) {
        if (exact.route().owner().equals(wildcard.route().owner())) {
            exact.found()
                    .note(
                            "WILDCARD_OVERLAP",
                            "'" + domain + "' is not led by the wildcard of route "
                                    + Shown.of(wildcard.route().id()));
        } else {
            exact.found()
                    .error(
                            "WILDCARD_SHADOW",
                            "'" + domain + "' is below the wildcard of route "
                                    + Shown.of(wildcard.route().id()) + ", which has another owner");
        }
    }

    /** A route and where it is in the document. */
    private record Placed(HttpRoute route, Findings found) {}
}
