package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.CertificateOrder;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.internal.order.Policies;
import dev.rookery.proxy.internal.order.RouteOrder;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which names of a document need a certificate of a public authority, and from which one. */
final class CertificateOrders {

    private final ProxyDocument document;
    private final Map<String, CertificateOrder> orders = new TreeMap<>();

    private CertificateOrders(ProxyDocument document) {
        this.document = document;
    }

    /** Returns one for each name, in order of them. Where two routes have a name, the first of them decides, as it does for the engine. */
    static List<CertificateOrder> of(ProxyDocument document) {
        var all = new CertificateOrders(document);
        RouteOrder.on(Listener.EDGE, document.routes())
                .forEach(emission -> emission.domains().forEach(domain -> all.add(emission.route(), domain)));
        document.l4Routes().stream()
                .filter(route -> route.enabled() && route.tls() == L4Route.Tls.TERMINATE)
                .forEach(route ->
                        route.serverNames().forEach(name -> all.add(route.tlsPolicy(), true, Domain.parse(name))));
        return List.copyOf(all.orders.values());
    }

    private void add(HttpRoute route, Domain domain) {
        add(route.tlsPolicy(), route.exposure() == Exposure.PUBLIC, domain);
    }

    private void add(Optional<String> policy, boolean open, Domain domain) {
        var issuer = policy.flatMap(name -> Policies.named(document, name)).map(TlsPolicy::issuer);
        var acme = issuer.filter(Issuer.Acme.class::isInstance).map(Issuer.Acme.class::cast);
        boolean wanted = issuer.isPresent() ? acme.isPresent() : open;
        boolean provable = !domain.wildcard() || acme.flatMap(Issuer.Acme::dns).isPresent();
        if (wanted && provable) {
            var email = acme.flatMap(Issuer.Acme::email)
                    .or(() -> document.settings().acmeEmail());
            orders.putIfAbsent(domain.toString(), new CertificateOrder(domain.toString(), acme, email));
        }
    }
}
