package dev.rookery.proxy.store;

import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import java.time.Duration;
import java.time.Instant;

/** Documents and notes to save. */
final class StoredRoutes {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static final FileStoreOptions KEEP_ALL = new FileStoreOptions(100_000, Duration.ofDays(1), Duration.ofMinutes(2));

    private StoredRoutes() {}

    static HttpRoute route(String id) {
        return HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains(id + ".example.net")
                .build();
    }

    static ProxyDocument with(ProxyDocument document, String id) {
        return ProxyDocument.builder().from(document).addRoutes(route(id)).build();
    }

    static ChangeNote note(String reason) {
        return note(reason, NOW);
    }

    static ChangeNote note(String reason, Instant at) {
        return new ChangeNote("tester", reason, at);
    }

    /** Adds a route to the head, whoever else does. */
    static Revision add(RouteStore store, String id) {
        while (true) {
            var head = store.head();
            try {
                return store.commit(head.etag(), with(head.document(), id), note(id));
            } catch (StoreException e) {
                if (e.problem() != StoreException.Problem.STALE) {
                    throw e;
                }
            }
        }
    }
}
