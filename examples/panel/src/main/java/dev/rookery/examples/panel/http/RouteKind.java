package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.HttpRouteBuilder;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4RouteBuilder;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the two kinds of routes differ in.
 *
 * @param path of the API
 * @param member of the document
 * @param list takes the routes out of a document
 * @param replaced puts routes in place of those of a document
 * @param id of a route
 * @param enabled returns a route switched on or off
 */
record RouteKind<T>(
        String path,
        String member,
        Function<ProxyDocument, List<T>> list,
        BiFunction<ProxyDocument, List<T>, ProxyDocument> replaced,
        Function<T, String> id,
        BiFunction<T, Boolean, T> enabled) {

    static final RouteKind<HttpRoute> HTTP = new RouteKind<>(
            "/api/routes",
            "routes",
            ProxyDocument::routes,
            (document, routes) ->
                    ProxyDocument.builder().from(document).routes(routes).build(),
            HttpRoute::id,
            (route, on) -> new HttpRouteBuilder().from(route).enabled(on).build());

    static final RouteKind<L4Route> L4 = new RouteKind<>(
            "/api/l4routes",
            "l4Routes",
            ProxyDocument::l4Routes,
            (document, routes) ->
                    ProxyDocument.builder().from(document).l4Routes(routes).build(),
            L4Route::id,
            (route, on) -> new L4RouteBuilder().from(route).enabled(on).build());

    /** Returns the routes of a document for people. */
    List<Json> shown(ProxyDocument document) {
        var only = replaced.apply(ProxyDocument.EMPTY, list.apply(document));
        return ProxyTexts.shown(only, member, new Json.Array(List.of())) instanceof Json.Array routes
                ? routes.items()
                : List.of();
    }
}
