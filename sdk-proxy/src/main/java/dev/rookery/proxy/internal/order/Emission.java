package dev.rookery.proxy.internal.order;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.HttpRoute;
import java.util.List;

/**
 * A route, or the part of it whose names are of one kind: engines that go through routes in order would let a wildcard swallow the names below it.
 *
 * @param route what it is part of
 * @param kind of its names
 * @param domains its names, sorted; empty for what catches all
 */
public record Emission(HttpRoute route, Kind kind, List<Domain> domains) {

    /** Copies the names. */
    public Emission {
        domains = List.copyOf(domains);
    }

    /** Returns a name of its own in the configuration. */
    public String id() {
        return kind == Kind.WILDCARD ? route.id() + "~w" : route.id();
    }

    /** Kinds of names, the ones that come first before the others. */
    public enum Kind {
        /** A host. */
        EXACT,
        /** All hosts one label below. */
        WILDCARD,
        /** All that no other route has. */
        CATCH_ALL
    }
}
