package dev.rookery.examples.panel.sql;

import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StoreException;
import java.time.Instant;

/** Documents of these tests. */
final class RouteRows {

    private RouteRows() {}

    static ProxyDocument with(ProxyDocument document, String id) {
        return ProxyDocument.builder()
                .from(document)
                .addRoutes(HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                        .addDomains(id + ".example.net")
                        .build())
                .build();
    }

    static ChangeNote note(String reason, Instant at) {
        return new ChangeNote("tester", reason, at);
    }

    /** Adds a route, however many others do so. */
    static Revision add(RouteStore store, String id, Instant at) {
        while (true) {
            var head = store.head();
            try {
                return store.commit(head.etag(), with(head.document(), id), note(id, at));
            } catch (StoreException e) {
                if (e.problem() != StoreException.Problem.STALE) {
                    throw e;
                }
            }
        }
    }
}
