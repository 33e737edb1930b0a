package dev.rookery.proxy;

import dev.rookery.api.Incubating;
import dev.rookery.api.NotFoundException;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The routes of a {@link ProxyService}, one by one, changed in the name of somebody. Each change is a revision of its own; for several at once there is
 * {@link ProxyService#change}. Thread-safe; calls block.
 */
@Incubating
public final class ProxyRoutes {

    private final ProxyService service;
    private final String author;

    ProxyRoutes(ProxyService service, String author) {
        this.service = service;
        this.author = author;
    }

    /** Lists the routes of HTTP. */
    public List<HttpRoute> list() {
        return service.head().document().routes();
    }

    /** Lists the routes of connections and datagrams. */
    public List<L4Route> listL4() {
        return service.head().document().l4Routes();
    }

    /** Returns a route of HTTP; empty if there is none of this id. */
    public Optional<HttpRoute> find(String id) {
        return list().stream().filter(route -> route.id().equals(id)).findFirst();
    }

    /** Returns a route of connections or datagrams; empty if there is none of this id. */
    public Optional<L4Route> findL4(String id) {
        return listL4().stream().filter(route -> route.id().equals(id)).findFirst();
    }

    /**
     * Returns a route of HTTP.
     *
     * @throws NotFoundException if there is none of this id
     */
    public HttpRoute get(String id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    /**
     * Adds a route, or puts it in place of the one that has its id, and applies it.
     *
     * @return what became of it; see {@link ApplyReport#applied}
     * @throws RefusedChangeException if it has an error or is in another one's way; nothing is saved then
     */
    public ApplyReport put(HttpRoute route) {
        return service.change(
                author,
                "route " + route.id(),
                document -> ProxyDocument.builder()
                        .from(document)
                        .routes(with(document.routes(), route, HttpRoute::id))
                        .build());
    }

    /**
     * Adds a route of connections or datagrams, or puts it in place of the one that has its id, and applies it.
     *
     * @return what became of it; see {@link ApplyReport#applied}
     * @throws RefusedChangeException if it has an error or is in another one's way; nothing is saved then
     */
    public ApplyReport put(L4Route route) {
        return service.change(
                author,
                "route " + route.id(),
                document -> ProxyDocument.builder()
                        .from(document)
                        .l4Routes(with(document.l4Routes(), route, L4Route::id))
                        .build());
    }

    /**
     * Removes a route of either kind, and applies that.
     *
     * @throws NotFoundException if there is none of this id
     */
    public ApplyReport remove(String id) {
        return service.change(author, "route " + id + " removed", document -> {
            var routes = document.routes().stream()
                    .filter(route -> !route.id().equals(id))
                    .toList();
            var l4Routes = document.l4Routes().stream()
                    .filter(route -> !route.id().equals(id))
                    .toList();
            boolean found = routes.size() < document.routes().size()
                    || l4Routes.size() < document.l4Routes().size();
            if (!found) {
                throw unknown(id);
            }
            return ProxyDocument.builder()
                    .from(document)
                    .routes(routes)
                    .l4Routes(l4Routes)
                    .build();
        });
    }

    private static <T> List<T> with(List<T> routes, T route, Function<T, String> id) {
        var changed = new ArrayList<T>(routes);
        for (int i = 0; i < changed.size(); i++) {
            if (id.apply(changed.get(i)).equals(id.apply(route))) {
                changed.set(i, route);
                return changed;
            }
        }
        changed.add(route);
        return changed;
    }

    private static NotFoundException unknown(String id) {
        return new NotFoundException("route '" + id + "' (expected: the id of one)");
    }
}
