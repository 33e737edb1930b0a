package dev.rookery.examples.panel.http;

import dev.rookery.api.Json;
import dev.rookery.proxy.route.ProxyDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Routes of one kind, one by one, for administrators. */
final class RouteApi<T> {

    private final RouteKind<T> kind;
    private final ProxyAccess access;
    private final ProxyWrites writes;
    private final RoutePasswords passwords;

    RouteApi(RouteKind<T> kind, ProxyAccess access, ProxyWrites writes, RoutePasswords passwords) {
        this.kind = kind;
        this.access = access;
        this.writes = writes;
        this.passwords = passwords;
    }

    void register(RoutesConfig routes) {
        var one = kind.path() + "/{id}";
        routes.get(kind.path(), this::list, Access.ADMIN);
        routes.post(kind.path(), this::create, Access.ADMIN);
        routes.get(one, this::show, Access.ADMIN);
        routes.put(one, this::replace, Access.ADMIN);
        routes.patch(one, this::enable, Access.ADMIN);
        routes.delete(one, this::delete, Access.ADMIN);
    }

    private void list(Context request) {
        var head = access.service().head();
        ProxyWrites.tag(request, head.header());
        request.json(new Items(head.number(), head.etag(), kind.shown(head.document())));
    }

    private void show(Context request) {
        var head = access.service().head();
        var route = require(head.document(), id(request));
        ProxyWrites.tag(request, head.header());
        request.json(new Item(head.number(), head.etag(), shown(route)));
    }

    private void create(Context request) {
        access.require();
        var given = withId(ProxyTexts.object(request), RepeatedRequests.idFor(request));
        var route = passwords.inRoute(given);
        var id = text(given, "id");
        request.header("Location", kind.path() + "/" + id);
        writes.add(request, "route " + id, document -> {
            requireFree(document, id);
            var added = new ArrayList<>(kind.list().apply(document));
            added.add(read(route, ProxyDocument.EMPTY));
            return kind.replaced().apply(document, added);
        });
    }

    private void replace(Context request) {
        var id = id(request);
        requirePresent(id);
        var given = ProxyTexts.object(request);
        if (!text(given, "id").equals(id)) {
            throw ApiError.field("id", "id: '" + text(given, "id") + "' (expected: that of the path, '" + id + "').");
        }
        var route = passwords.inRoute(given);
        writes.change(request, "route " + id, changed(id, document -> List.of(read(route, alone(document, id)))));
    }

    private void enable(Context request) {
        var id = id(request);
        requirePresent(id);
        boolean on = Bodies.required(Bodies.read(request, Enabled.class).enabled(), "enabled");
        writes.change(
                request,
                "route " + id + (on ? " switched on" : " switched off"),
                changed(id, document -> List.of(kind.enabled().apply(require(document, id), on))));
    }

    private void delete(Context request) {
        var id = id(request);
        requirePresent(id);
        writes.change(request, "route " + id + " removed", changed(id, document -> List.of()));
    }

    /** Puts something in place of a route. */
    private UnaryOperator<ProxyDocument> changed(String id, Function<ProxyDocument, List<T>> by) {
        return document -> {
            require(document, id);
            var routes = kind.list().apply(document).stream()
                    .flatMap(
                            route -> kind.id().apply(route).equals(id) ? by.apply(document).stream() : Stream.of(route))
                    .toList();
            return kind.replaced().apply(document, routes);
        };
    }

    private T read(Json route, ProxyDocument saved) {
        var document = ProxyTexts.part(Map.of(kind.member(), new Json.Array(List.of(route))), saved);
        return kind.list().apply(document).get(0);
    }

    /** Returns a document that has nothing but one route. */
    private ProxyDocument alone(ProxyDocument document, String id) {
        return kind.replaced().apply(ProxyDocument.EMPTY, List.of(require(document, id)));
    }

    private Json shown(T route) {
        return kind.shown(kind.replaced().apply(ProxyDocument.EMPTY, List.of(route)))
                .get(0);
    }

    private void requirePresent(String id) {
        require(access.service().head().document(), id);
    }

    private T require(ProxyDocument document, String id) {
        return kind.list().apply(document).stream()
                .filter(route -> kind.id().apply(route).equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new ApiError(404, "route_not_found", "There is no route '" + id + "' of this kind."));
    }

    /** Routes of both kinds share their ids. */
    static void requireFree(ProxyDocument document, String id) {
        var ids = Stream.concat(
                document.routes().stream().map(RouteKind.HTTP.id()),
                document.l4Routes().stream().map(RouteKind.L4.id()));
        if (ids.anyMatch(id::equals)) {
            throw new ApiError(409, "route_exists", "There is a route '" + id + "' already.");
        }
    }

    private static Json.Obj withId(Json.Obj given, UUID id) {
        var members = new LinkedHashMap<>(given.members());
        members.putIfAbsent("id", new Json.Text(id.toString()));
        return new Json.Obj(members);
    }

    private static String text(Json.Obj object, String member) {
        if (object.members().get(member) instanceof Json.Text text) {
            return text.value();
        }
        throw ApiError.field(member, member + ": no text (expected: one).");
    }

    private static String id(Context request) {
        return request.pathParam("id");
    }

    record Enabled(@Nullable Boolean enabled) {}

    record Items(long revision, String etag, List<Json> items) {}

    record Item(long revision, String etag, Json route) {}
}
