package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.internal.json.ProxyJson;
import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.order.Emission;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.internal.order.RouteOrder;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.PathMatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A file beside the configuration: where it listens and what is routed there, for whoever proves that it runs. nginx does not read it. */
public final class NginxSummary {

    /** The file. */
    public static final String FILE = "rookery.json";

    private final NginxScope scope;
    private final NginxCertificates certificates;

    NginxSummary(NginxScope scope) {
        this.scope = scope;
        this.certificates = new NginxCertificates(scope.document(), scope.options());
    }

    String text() {
        var listeners = new ArrayList<Tree>();
        for (var listener : Listener.values()) {
            if (listener != Listener.TUNNEL || scope.settings().tunnelPort().isPresent()) {
                listeners.add(listener(listener));
            }
        }
        var whole = new Tree().put("revision", scope.options().revision()).putAll("listeners", listeners);
        var streams = streams();
        if (!streams.isEmpty()) {
            whole.putAll("streams", streams);
        }
        if (!scope.options().prints().isEmpty()) {
            whole.put("certificates", prints());
        }
        return new String(ProxyJson.canonical(whole.json()), StandardCharsets.UTF_8) + "\n";
    }

    /** What waits for a certificate takes no port yet. */
    private List<Tree> streams() {
        var streams = new ArrayList<Tree>();
        for (var route : scope.document().l4Routes()) {
            if (route.enabled() && served(route)) {
                for (var listen : route.listen()) {
                    for (int i = 0; i < listen.ports(); i++) {
                        streams.add(new Tree()
                                .put("address", listen.host())
                                .put("port", listen.port() + i)
                                .put("datagrams", listen.protocol() == L4Listen.Protocol.UDP));
                    }
                }
            }
        }
        return streams;
    }

    private boolean served(L4Route route) {
        return route.tls() != L4Route.Tls.TERMINATE
                || certificates
                        .of(route.tlsPolicy(), Domain.parse(route.serverNames().get(0)))
                        .isPresent();
    }

    private Tree prints() {
        var prints = new Tree();
        new TreeMap<>(scope.options().prints()).forEach(prints::put);
        return prints;
    }

    private Tree listener(Listener listener) {
        boolean encrypted = listener == Listener.EDGE;
        var names = new ArrayList<String>();
        var routes = new ArrayList<Tree>();
        for (var emission : RouteOrder.on(listener, scope.document().routes())) {
            var reached = names(emission, encrypted);
            names.addAll(reached);
            if (!reached.isEmpty()) {
                routes.add(Tree.of("id", emission.route().id())
                        .put("host", reached.get(0))
                        .put("path", path(emission)));
            }
        }
        return new Tree()
                .put("address", scope.settings().listenAddress())
                .put("port", scope.port(listener))
                .put("encrypted", encrypted)
                .put("names", names.stream().distinct().toList())
                .putAll("routes", routes);
    }

    private List<String> names(Emission emission, boolean encrypted) {
        return emission.domains().stream()
                .filter(domain -> !domain.wildcard())
                .filter(domain ->
                        !encrypted || certificates.of(emission.route(), domain).isPresent())
                .map(domain -> domain.toString())
                .toList();
    }

    private static String path(Emission emission) {
        return emission.route().paths().stream()
                .filter(path ->
                        path.kind() != PathMatch.Kind.REGEX && path.value().matches("/[A-Za-z0-9/_.-]*"))
                .map(PathMatch::value)
                .findFirst()
                .orElse("/");
    }
}
