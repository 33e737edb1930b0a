package dev.rookery.proxy.internal.nginx;

import dev.rookery.proxy.CaddyConfig;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.order.Emission;
import dev.rookery.proxy.internal.order.Listener;
import dev.rookery.proxy.internal.order.Policies;
import dev.rookery.proxy.internal.order.RouteOrder;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.RawOverride;
import dev.rookery.proxy.route.TlsPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The servers of one listener: one for each set of names that have the same routes, one for probes, and one for what nobody has. A server has the
 * routes of its names, then those of the wildcard above, then what catches all, as an engine has that goes through them in order.
 */
final class NginxServers {

    private final NginxScope scope;
    private final Listener listener;
    private final List<Emission> emissions;
    private final NginxCertificates certificates;
    private final Map<Domain, List<Integer>> byName = new TreeMap<>(Comparator.comparing(Domain::toString));
    private final List<Integer> catchAll = new ArrayList<>();

    NginxServers(NginxScope scope, Listener listener) {
        this.scope = scope;
        this.listener = listener;
        this.emissions = RouteOrder.on(listener, scope.document().routes());
        this.certificates = new NginxCertificates(scope.document(), scope.options());
        for (int i = 0; i < emissions.size(); i++) {
            int place = i;
            emissions
                    .get(i)
                    .domains()
                    .forEach(domain -> byName.computeIfAbsent(domain, key -> new ArrayList<>())
                            .add(place));
            if (emissions.get(i).domains().isEmpty()) {
                catchAll.add(place);
            }
        }
    }

    void add(Block http) {
        if (listener == Listener.TUNNEL && scope.settings().tunnelPort().isEmpty()) {
            return;
        }
        probe(http);
        fallback(http);
        var groups = new LinkedHashMap<Group, List<Domain>>();
        var encrypted = listener == Listener.PLAIN ? encrypted() : Map.<Domain, HttpRoute>of();
        var streams = listener == Listener.PLAIN ? streams() : Set.<Domain>of();
        var names = new LinkedHashSet<>(byName.keySet());
        names.addAll(encrypted.keySet());
        names.addAll(streams);
        for (var name : names) {
            var rest = rest(name, encrypted, streams.contains(name));
            var places = places(name, rest == Rest.NOBODY || rest == Rest.PROOF);
            var route = places.isEmpty() || listener != Listener.EDGE
                    ? Optional.<HttpRoute>empty()
                    : Optional.of(emissions.get(places.get(0)).route());
            var pair = route.flatMap(known -> certificates.of(known, name));
            if (listener == Listener.EDGE && pair.isEmpty()) {
                continue;
            }
            groups.computeIfAbsent(new Group(places, pair, rest), key -> new ArrayList<>())
                    .add(name);
        }
        groups.forEach((group, domains) -> server(http, group, domains));
    }

    /** What the wildcard above does with requests for a name of connections goes on: it has a server of its own only to be proven. */
    private Rest rest(Domain name, Map<Domain, HttpRoute> encrypted, boolean stream) {
        var route = encrypted.get(name);
        if (route != null) {
            return certificates.of(route, name).isPresent() ? Rest.REDIRECT : Rest.AWAIT;
        }
        if (!stream) {
            return Rest.NOBODY;
        }
        return name.above()
                .filter(encrypted::containsKey)
                .map(above -> rest(above, encrypted, false))
                .orElse(Rest.PROOF);
    }

    /** Returns the names that are reached by HTTPS, whose clients are sent there if they come here. */
    private Map<Domain, HttpRoute> encrypted() {
        var names = new TreeMap<Domain, HttpRoute>(Comparator.comparing(Domain::toString));
        for (var emission : RouteOrder.on(Listener.EDGE, scope.document().routes())) {
            emission.domains().forEach(domain -> names.putIfAbsent(domain, emission.route()));
        }
        return names;
    }

    /** Returns the names of connections whose TLS ends here, which have to be proven, too. */
    private Set<Domain> streams() {
        var names = new LinkedHashSet<Domain>();
        for (var route : scope.document().l4Routes()) {
            boolean files = route.tlsPolicy()
                            .flatMap(name -> Policies.named(scope.document(), name))
                            .map(TlsPolicy::issuer)
                            .orElse(null)
                    instanceof Issuer.Files;
            if (route.enabled() && route.tls() == L4Route.Tls.TERMINATE && !files) {
                route.serverNames().stream()
                        .map(Domain::parse)
                        .filter(domain -> !domain.wildcard())
                        .forEach(names::add);
            }
        }
        return names;
    }

    /**
     * Returns which routes a name has, in order, up to the first one that has all its requests.
     *
     * @param others whether what catches all is among them
     */
    private List<Integer> places(Domain name, boolean others) {
        var all = new ArrayList<>(byName.getOrDefault(name, List.of()));
        name.above().ifPresent(above -> all.addAll(byName.getOrDefault(above, List.of())));
        if (others) {
            all.addAll(catchAll);
        }
        var kept = new ArrayList<Integer>();
        var routes = new HashSet<String>();
        for (int place : all) {
            var route = emissions.get(place).route();
            if (routes.add(route.id())) {
                kept.add(place);
            }
            if (route.paths().isEmpty()) {
                break;
            }
        }
        return kept;
    }

    private void server(Block http, Group group, List<Domain> domains) {
        var server = http.block("server");
        listen(server, false);
        domains.forEach(domain -> server.line("server_name", name(domain)));
        group.pair().ifPresent(pair -> pair.add(server));
        trust(server);
        if (listener == Listener.PLAIN && group.rest() != Rest.NOBODY) {
            server.block("location", Word.own("^~"), Word.own("/.well-known/acme-challenge/"))
                    .line("root", Word.plain(scope.options().challenges()))
                    .line("default_type", "text/plain");
        }
        routes(server, group.places(), group.rest());
    }

    private static Word name(Domain domain) {
        // A star of nginx stands for any number of labels.
        return domain.wildcard()
                ? Word.regex("~^[^.]+\\." + NginxPaths.literal(domain.name()) + "$")
                : Word.plain(domain.name());
    }

    private void routes(Block server, List<Integer> places, Rest rest) {
        scope.pieces(server, RawOverride.Point.SERVER, listener.name().toLowerCase(Locale.ROOT));
        boolean all = false;
        for (int place : places) {
            var route = emissions.get(place).route();
            new NginxRoute(scope, route, listener).add(server);
            all |= route.paths().isEmpty();
        }
        if (!all) {
            var location = server.block("location", Word.own("/"));
            switch (rest) {
                case REDIRECT ->
                    location.line("return", Word.own("308"), Word.own("https://$host" + port() + "$request_uri"));
                case AWAIT -> location.line("return", "503");
                case NOBODY, PROOF -> location.line("return", "404");
            }
        }
    }

    private String port() {
        int port = scope.settings().httpsPort();
        return port == 443 ? "" : ":" + port;
    }

    private void probe(Block http) {
        var server = http.block("server");
        listen(server, false);
        server.line("server_name", CaddyConfig.PROBE_HOST);
        if (listener == Listener.EDGE) {
            // It has no certificate: probes come with a name that has one, and ask for this host then.
            server.line("ssl_reject_handshake", "on");
        }
        server.line("access_log", "access.log", "rookery");
        server.block("location", Word.own("/"))
                .line(
                        "add_header",
                        Word.own(CaddyConfig.REVISION_HEADER),
                        Word.own(String.valueOf(scope.options().revision())),
                        Word.own("always"))
                .line("return", "204");
    }

    private void fallback(Block http) {
        var server = http.block("server");
        listen(server, true);
        server.line("server_name", new Word("\"\""));
        if (listener == Listener.EDGE) {
            server.line("ssl_reject_handshake", "on");
        }
        trust(server);
        routes(server, cut(), Rest.NOBODY);
    }

    private List<Integer> cut() {
        var kept = new ArrayList<Integer>();
        for (int place : catchAll) {
            kept.add(place);
            if (emissions.get(place).route().paths().isEmpty()) {
                break;
            }
        }
        return kept;
    }

    private void listen(Block server, boolean others) {
        int port = scope.port(listener);
        var address = scope.settings().listenAddress();
        listen(server, (address.isEmpty() ? "*" : NginxScope.host(address)) + ":" + port, others);
        if (address.isEmpty() && scope.options().ipv6()) {
            listen(server, "[::]:" + port, others);
        }
        if (listener == Listener.EDGE && scope.engine().atLeast(1, 26)) {
            server.line("http2", "on");
        }
    }

    private void listen(Block server, String address, boolean others) {
        var words = new ArrayList<>(List.of(Word.plain(address)));
        if (others) {
            words.add(Word.own("default_server"));
        }
        if (listener == Listener.EDGE) {
            words.add(Word.own("ssl"));
            if (!scope.engine().atLeast(1, 26)) {
                words.add(Word.own("http2"));
            }
        }
        server.line("listen", words.toArray(Word[]::new));
    }

    private void trust(Block server) {
        Set<String> trusted = new TreeSet<>(scope.settings().trustedProxies());
        if (!trusted.isEmpty()) {
            trusted.forEach(network -> server.line("set_real_ip_from", Word.plain(network)));
            server.line("real_ip_header", listener == Listener.TUNNEL ? "CF-Connecting-IP" : "X-Forwarded-For");
            server.line("real_ip_recursive", "on");
        }
    }

    /** What happens to requests that no route of a name has. */
    private enum Rest {
        NOBODY,
        PROOF,
        REDIRECT,
        AWAIT
    }

    /** What names of one server have in common. */
    private record Group(List<Integer> places, Optional<NginxCertificates.Pair> pair, Rest rest) {}
}
