package dev.rookery.proxy.internal.check;

import dev.rookery.api.Json;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.nginx.NginxPiece;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.RawOverride;
import java.util.Set;

/** Checks pieces of an engine's own configuration: they may do much, but not take away how the engine is driven and proven. */
final class RawCheck {

    private static final Set<String> KEPT = Set.of("admin", "storage");
    /** By these nginx is driven, listens and is proven, or reads what nobody has looked at. */
    private static final Set<String> OWN = Set.of(
            "daemon",
            "env",
            "error_log",
            "events",
            "http",
            "include",
            "listen",
            "load_module",
            "lock_file",
            "mail",
            "master_process",
            "pid",
            "server_name",
            "ssl_engine",
            "stream",
            "user",
            "worker_processes",
            "working_directory");

    private static final Set<String> SERVERS = Set.of("edge", "plain", "tunnel");

    private RawCheck() {}

    static void check(Findings found, Scope scope) {
        var raw = scope.document().raw();
        for (int i = 0; i < raw.size(); i++) {
            var place = found.at("raw", i);
            if (raw.get(i).engine() != scope.engine().kind()) {
                place.note(
                        "RAW_OTHER_ENGINE",
                        "of another engine than " + scope.engine().title() + ": not used");
            } else if (raw.get(i).engine() == EngineKind.CADDY) {
                caddy(place, raw.get(i), scope);
            } else {
                nginx(place, raw.get(i), scope);
            }
        }
    }

    private static void caddy(Findings place, RawOverride raw, Scope scope) {
        if (!(raw.patch() instanceof Json.Obj patch)) {
            place.at("patch").error("RAW_PATCH", "no object (expected: a piece of Caddy's JSON)");
            return;
        }
        place.at("patch")
                .require(
                        !named(patch), "RAW_PATCH", "'@id' in a piece (expected: none; those of routes are made here)");
        switch (raw.point()) {
            case ROUTE, ROUTE_BEFORE, ROUTE_AFTER -> route(place, raw, scope);
            case SERVER -> server(place, raw, patch);
            case DOCUMENT -> document(place.at("patch"), patch);
            case HTTP ->
                place.at("patch")
                        .require(
                                !patch.members().containsKey("servers"),
                                "RAW_PATCH",
                                "'servers' (expected: the points server and route)");
        }
    }

    private static void nginx(Findings place, RawOverride raw, Scope scope) {
        switch (raw.point()) {
            case ROUTE -> route(place, raw, scope);
            case SERVER -> listener(place, raw);
            case HTTP -> {}
            default ->
                place.at("point")
                        .error("RAW_PLACE", raw.point() + " (expected of nginx: the points http, server and route)");
        }
        if (!(raw.patch() instanceof Json.Text text)) {
            place.at("patch").error("RAW_PATCH", "no text (expected: directives of nginx)");
            return;
        }
        place.at("patch")
                .read("RAW_PATCH", () -> NginxPiece.parse(text.value()))
                .ifPresent(piece -> piece.names()
                        .filter(name -> OWN.contains(name) || name.endsWith("_by_lua_block"))
                        .distinct()
                        .forEach(name -> place.at("patch")
                                .error(
                                        "RAW_PATCH",
                                        "'" + Shown.of(name)
                                                + "' is not to be changed (expected: what goes into the block"
                                                + " of the point)")));
    }

    private static void route(Findings place, RawOverride raw, Scope scope) {
        boolean known = scope.document().routes().stream()
                .anyMatch(route -> raw.route().filter(route.id()::equals).isPresent());
        place.at("route")
                .require(
                        known,
                        "RAW_PLACE",
                        "route '" + Shown.of(raw.route().orElse("")) + "' (expected: the id of one)");
    }

    private static void listener(Findings place, RawOverride raw) {
        place.at("route")
                .require(
                        raw.route().map(SERVERS::contains).orElse(true),
                        "RAW_PLACE",
                        "'" + Shown.of(raw.route().orElse(""))
                                + "' (expected: edge, plain or tunnel, or nothing for all)");
    }

    private static void server(Findings place, RawOverride raw, Json.Obj patch) {
        listener(place, raw);
        place.at("patch")
                .require(
                        !patch.members().containsKey("routes")
                                && !patch.members().containsKey("listen"),
                        "RAW_PATCH",
                        "'routes' or 'listen' (expected: the points of routes, and the settings)");
    }

    private static void document(Findings place, Json.Obj patch) {
        for (var name : patch.members().keySet()) {
            place.require(!KEPT.contains(name), "RAW_PATCH", "'" + Shown.of(name) + "' is not to be changed");
        }
        if (patch.members().get("apps") instanceof Json.Obj apps) {
            place.require(!apps.members().containsKey("pki"), "RAW_PATCH", "'apps/pki' is not to be changed");
            place.require(
                    !(apps.members().get("http") instanceof Json.Obj http)
                            || !http.members().containsKey("servers"),
                    "RAW_PATCH",
                    "'servers' (expected: the points server and route)");
        }
    }

    private static boolean named(Json value) {
        if (value instanceof Json.Obj object) {
            return object.members().containsKey("@id")
                    || object.members().values().stream().anyMatch(RawCheck::named);
        }
        return value instanceof Json.Array array && array.items().stream().anyMatch(RawCheck::named);
    }
}
