package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A route in use, of requests or of connections, by its names.
 *
 * @param place where it is
 * @param owner whose it is
 * @param policy by which it shows certificates; empty if it shows none, or those of no policy
 * @param member in which it has its names
 * @param names as they are given
 */
record NamedRoute(Findings place, Optional<String> owner, Optional<String> policy, String member, List<String> names) {

    /** Returns all of a document. */
    static List<NamedRoute> of(Findings found, ProxyDocument document) {
        var all = new ArrayList<NamedRoute>();
        for (int i = 0; i < document.routes().size(); i++) {
            var route = document.routes().get(i);
            if (route.enabled()) {
                boolean encrypted = Listener.of(route.exposure()).equals(Optional.of(Listener.EDGE));
                var policy = route.tlsPolicy().filter(name -> encrypted);
                all.add(new NamedRoute(
                        found.at("routes", i).of(route.id()), route.owner(), policy, "domains", route.domains()));
            }
        }
        for (int i = 0; i < document.l4Routes().size(); i++) {
            var route = document.l4Routes().get(i);
            if (route.enabled()) {
                var policy = route.tlsPolicy().filter(name -> route.tls() == L4Route.Tls.TERMINATE);
                var place = found.at("l4Routes", i).of(route.id());
                all.add(new NamedRoute(place, route.owner(), policy, "serverNames", route.serverNames()));
            }
        }
        return all;
    }
}
