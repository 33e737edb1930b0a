package dev.rookery.proxy.internal.caddy;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.RawOverride;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts pieces of Caddy's own configuration into what was made, in the order of the document. They are checked before. */
final class CaddyRaw {

    private CaddyRaw() {}

    static Json put(Json config, List<RawOverride> raw) {
        var result = config;
        for (var piece : raw) {
            if (piece.engine() == EngineKind.CADDY) {
                result = put(result, piece);
            }
        }
        return result;
    }

    private static Json put(Json config, RawOverride piece) {
        return switch (piece.point()) {
            case DOCUMENT -> Tree.merged(config, piece.patch());
            case HTTP -> within(config, http -> Tree.merged(http, piece.patch()), "apps", "http");
            case SERVER -> servers(config, piece.route(), server -> Tree.merged(server, piece.patch()));
            case ROUTE, ROUTE_BEFORE, ROUTE_AFTER ->
                servers(config, Optional.empty(), server -> within(server, routes -> routes(routes, piece), "routes"));
        };
    }

    private static Json servers(Json config, Optional<String> name, UnaryOperator<Json> change) {
        return within(
                config,
                servers -> {
                    if (!(servers instanceof Json.Obj object)) {
                        return servers;
                    }
                    var members = new LinkedHashMap<>(object.members());
                    members.replaceAll(
                            (key, server) -> name.isEmpty() || name.get().equals(key) ? change.apply(server) : server);
                    return new Json.Obj(members);
                },
                "apps",
                "http",
                "servers");
    }

    private static Json routes(Json routes, RawOverride piece) {
        if (!(routes instanceof Json.Array array)) {
            return routes;
        }
        var id = "rt:" + piece.route().orElse("");
        var items = new ArrayList<Json>();
        for (var route : array.items()) {
            boolean meant = route instanceof Json.Obj object
                    && object.members().get("@id") instanceof Json.Text text
                    && (text.value().equals(id) || text.value().equals(id + "~w"));
            if (meant && piece.point() == RawOverride.Point.ROUTE_BEFORE) {
                items.add(piece.patch());
            }
            items.add(meant && piece.point() == RawOverride.Point.ROUTE ? Tree.merged(route, piece.patch()) : route);
            if (meant && piece.point() == RawOverride.Point.ROUTE_AFTER) {
                items.add(piece.patch());
            }
        }
        return new Json.Array(items);
    }

    private static Json within(Json value, UnaryOperator<Json> change, String... path) {
        if (path.length == 0) {
            return change.apply(value);
        }
        if (!(value instanceof Json.Obj object)) {
            return value;
        }
        var members = new LinkedHashMap<>(object.members());
        var rest = Arrays.copyOfRange(path, 1, path.length);
        members.computeIfPresent(path[0], (name, member) -> within(member, change, rest));
        return new Json.Obj(members);
    }
}
