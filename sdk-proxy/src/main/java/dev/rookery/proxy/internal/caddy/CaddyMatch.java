package dev.rookery.proxy.internal.caddy;

import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.order.Emission;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.PathMatch;
import java.util.ArrayList;
import java.util.List;

/** Which requests are those of a route. Host matchers stand at the top: automatic HTTPS sees no others. */
final class CaddyMatch {

    private CaddyMatch() {}

    /** Returns the sets of matchers of which one has to fit; none if everything fits. */
    static List<Tree> sets(Emission emission) {
        var sets = new ArrayList<Tree>();
        var plain = patterns(emission.route().paths());
        boolean all = emission.route().paths().isEmpty();
        if (all || !plain.isEmpty()) {
            var set = common(emission);
            if (!plain.isEmpty()) {
                set.put("path", plain);
            }
            sets.add(set);
        }
        int number = 0;
        for (var path : emission.route().paths()) {
            if (path.kind() == PathMatch.Kind.REGEX) {
                var name = emission.id().replaceAll("[^A-Za-z0-9]", "_") + "_" + number++;
                sets.add(common(emission)
                        .put("path_regexp", Tree.of("name", name).put("pattern", path.value())));
            }
        }
        return sets.size() == 1 && sets.get(0).isEmpty() ? List.of() : sets;
    }

    /** Returns the patterns of exact paths and prefixes. */
    static List<String> patterns(List<PathMatch> paths) {
        var patterns = new ArrayList<String>();
        for (var path : paths) {
            if (path.kind() == PathMatch.Kind.EXACT) {
                patterns.add(Literal.of(path.value()));
            } else if (path.kind() == PathMatch.Kind.PREFIX) {
                prefix(path.value(), patterns);
            }
        }
        return patterns;
    }

    /** The path itself and all below it: a star right behind it would take its neighbours, too. */
    private static void prefix(String path, List<String> patterns) {
        var base = Literal.of(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        if (!base.isEmpty() && !path.endsWith("/")) {
            patterns.add(base);
        }
        patterns.add(base + "/*");
    }

    private static Tree common(Emission emission) {
        HttpRoute route = emission.route();
        var set = new Tree();
        if (!emission.domains().isEmpty()) {
            set.put("host", emission.domains().stream().map(Domain::toString).toList());
        }
        if (!route.match().methods().isEmpty()) {
            set.put("method", route.match().methods());
        }
        if (!route.match().headers().isEmpty()) {
            var headers = new Tree();
            route.match()
                    .headers()
                    .forEach(
                            (name, value) -> headers.put(name, List.of(value.equals("*") ? value : Literal.of(value))));
            set.put("header", headers);
        }
        if (!route.match().query().isEmpty()) {
            var query = new Tree();
            route.match()
                    .query()
                    .forEach((name, value) ->
                            query.put(Literal.of(name), List.of(value.equals("*") ? value : Literal.of(value))));
            set.put("query", query);
        }
        return set;
    }
}
