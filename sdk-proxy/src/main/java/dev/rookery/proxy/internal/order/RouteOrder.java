package dev.rookery.proxy.internal.order;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.reverseOrder;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which routes are asked whether a request is theirs: hosts before wildcards before what catches all; then by priority; then exact paths,
 * longer prefixes, expressions and routes of every path; then more conditions first; then by id. The same routes have the same order whatever order they
 * came in, and two routes have the same order for each name that both are for, whatever other names they have.
 */
public final class RouteOrder {

    /** Routes of one name among each other. */
    public static final Comparator<HttpRoute> OF_ONE_NAME = comparing(HttpRoute::priority, reverseOrder())
            .thenComparingInt(RouteOrder::pathClass)
            .thenComparing(comparingInt(RouteOrder::pathLength).reversed())
            .thenComparing(comparingInt((HttpRoute route) -> route.match().conditions())
                    .reversed())
            .thenComparing(HttpRoute::id);

    private static final Comparator<Emission> ORDER =
            comparing(Emission::kind).thenComparing(Emission::route, OF_ONE_NAME);

    private RouteOrder() {}

    /** Returns what is in use on a listener, in order. Names that cannot be read are left out. */
    public static List<Emission> on(Listener listener, List<HttpRoute> routes) {
        var emissions = new ArrayList<Emission>();
        for (var route : routes) {
            if (route.enabled()
                    && Listener.of(route.exposure()).filter(listener::equals).isPresent()) {
                add(route, emissions);
            }
        }
        emissions.sort(ORDER);
        return emissions;
    }

    private static void add(HttpRoute route, List<Emission> emissions) {
        if (route.catchAll()) {
            emissions.add(new Emission(route, Emission.Kind.CATCH_ALL, List.of()));
            return;
        }
        add(route, Emission.Kind.EXACT, emissions);
        add(route, Emission.Kind.WILDCARD, emissions);
    }

    private static void add(HttpRoute route, Emission.Kind kind, List<Emission> emissions) {
        var domains = route.domains().stream()
                .map(Domain::parse)
                .filter(domain -> domain.wildcard() == (kind == Emission.Kind.WILDCARD))
                .distinct()
                .sorted(comparing(Domain::toString))
                .toList();
        if (!domains.isEmpty()) {
            emissions.add(new Emission(route, kind, domains));
        }
    }

    /** The widest kind decides where a route of several paths stands. */
    private static int pathClass(HttpRoute route) {
        return route.paths().stream().mapToInt(RouteOrder::pathClass).max().orElse(3);
    }

    private static int pathClass(PathMatch path) {
        return switch (path.kind()) {
            case EXACT -> 0;
            case PREFIX -> 1;
            case REGEX -> 2;
        };
    }

    private static int pathLength(HttpRoute route) {
        return route.paths().stream()
                .mapToInt(path -> path.value().length())
                .max()
                .orElse(0);
    }
}
