package dev.rookery.proxy.internal.nginx;

import static dev.rookery.proxy.internal.nginx.NginxDocument.seconds;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Connections and datagrams: a server for each port. Routes that share a port are told apart by the name in the greeting of TLS; connections
 * without one that is known go to the route that asks for none, or are closed.
 */
final class NginxStream {

    private final NginxScope scope;
    private final NginxCertificates certificates;

    NginxStream(NginxScope scope) {
        this.scope = scope;
        this.certificates = new NginxCertificates(scope.document(), scope.options());
    }

    void add(Block stream) {
        if (!scope.options().resolvers().isEmpty()) {
            var words = new ArrayList<>(
                    scope.options().resolvers().stream().map(Word::plain).toList());
            words.add(Word.own("valid=10s"));
            stream.line("resolver", words.toArray(Word[]::new));
        }
        stream.line("map_hash_bucket_size", "512");
        stream.line("variables_hash_bucket_size", "128");
        var ports = new LinkedHashMap<Port, List<Target>>();
        for (var route : scope.document().l4Routes()) {
            if (route.enabled()) {
                for (var listen : route.listen()) {
                    for (int i = 0; i < listen.ports(); i++) {
                        var port = new Port(listen.protocol(), listen.host(), listen.port() + i);
                        ports.computeIfAbsent(port, key -> new ArrayList<>()).add(new Target(route, i));
                    }
                }
            }
        }
        var groups = new LinkedHashMap<String, Target>();
        ports.values().forEach(targets -> targets.forEach(target -> groups.put(target.name(), target)));
        groups.forEach((name, target) -> group(stream, name, target));
        ports.forEach((port, targets) -> server(stream, port, targets));
    }

    private void group(Block stream, String name, Target target) {
        var route = target.route();
        var first = route.upstreams().get(0);
        if (NginxScope.named(first.host())) {
            stream.block("map", Word.own("$remote_addr"), Word.own("$" + name))
                    .line("default", Word.plain(address(first, target.offset())));
            return;
        }
        var group = stream.block("upstream", Word.own(NginxScope.group(name)));
        switch (route.policy()) {
            case RANDOM -> group.line("random", new Word[0]);
            case LEAST_CONNECTIONS -> group.line("least_conn", new Word[0]);
            case IP_HASH -> group.line("hash", "$remote_addr", "consistent");
            default -> {}
        }
        for (int i = 0; i < route.upstreams().size(); i++) {
            var upstream = route.upstreams().get(i);
            var words = new ArrayList<>(List.of(Word.plain(address(upstream, target.offset()))));
            if (upstream.weight() != 1) {
                words.add(Word.own("weight=" + upstream.weight()));
            }
            if (i > 0 && route.policy() == Balancing.Policy.FIRST) {
                words.add(Word.own("backup"));
            }
            group.line("server", words.toArray(Word[]::new));
        }
    }

    private static String address(L4Upstream upstream, int offset) {
        return NginxScope.host(upstream.host()) + ":" + (upstream.port() + offset);
    }

    private void server(Block stream, Port port, List<Target> targets) {
        var first = targets.get(0).route();
        boolean ends = first.tls() == L4Route.Tls.TERMINATE;
        var pair = ends
                ? certificates.of(
                        first.tlsPolicy(), Domain.parse(first.serverNames().get(0)))
                : Optional.<NginxCertificates.Pair>empty();
        if (ends && pair.isEmpty()) {
            return;
        }
        var to = to(targets.get(0));
        if (targets.stream().anyMatch(target -> !target.route().serverNames().isEmpty())) {
            to = "$" + names(stream, port, targets, ends);
        }
        var server = stream.block("server");
        listen(server, port, ends);
        pair.ifPresent(certificate -> certificate.add(server));
        if (!ends
                && to.startsWith("$")
                && targets.stream()
                        .anyMatch(target -> !target.route().serverNames().isEmpty())) {
            server.line("ssl_preread", "on");
        }
        if (!first.sources().isEmpty()) {
            first.sources().forEach(network -> server.line("allow", Word.plain(network)));
            server.line("deny", "all");
        }
        if (port.protocol() == L4Listen.Protocol.UDP) {
            server.line("proxy_timeout", seconds(first.idleTimeout()));
        } else {
            server.line("proxy_timeout", "1d");
        }
        if (first.proxyProtocol() == 1) {
            server.line("proxy_protocol", "on");
        }
        server.line("proxy_pass", to);
    }

    private static String to(Target target) {
        boolean named = NginxScope.named(target.route().upstreams().get(0).host());
        return named ? "$" + target.name() : NginxScope.group(target.name());
    }

    /** Makes what says where a name goes. */
    private static String names(Block stream, Port port, List<Target> targets, boolean ends) {
        var variable = "rookery_port_" + port.protocol() + "_" + port.port() + "_"
                + port.host().replaceAll("[^0-9A-Fa-f]", "_");
        var map = stream.block(
                "map", Word.own(ends ? "$ssl_server_name" : "$ssl_preread_server_name"), Word.own("$" + variable));
        var others = "\"\"";
        for (var target : targets) {
            for (var text : target.route().serverNames()) {
                var domain = Domain.parse(text);
                var key = domain.wildcard()
                        ? Word.quoted("~*^[^.]+\\." + NginxPaths.literal(domain.name()) + "$")
                        : Word.plain(domain.name()).text();
                map.line(key, Word.own(to(target)));
            }
            if (target.route().serverNames().isEmpty()) {
                others = to(target);
            }
        }
        map.line("default", new Word(others));
        return variable;
    }

    private void listen(Block server, Port port, boolean ends) {
        var words = new ArrayList<Word>();
        if (ends) {
            words.add(Word.own("ssl"));
        }
        if (port.protocol() == L4Listen.Protocol.UDP) {
            words.add(Word.own("udp"));
        }
        var address = port.host().isEmpty() ? "*" : NginxScope.host(port.host());
        listen(server, address + ":" + port.port(), words);
        if (port.host().isEmpty() && scope.options().ipv6()) {
            listen(server, "[::]:" + port.port(), words);
        }
    }

    private static void listen(Block server, String address, List<Word> words) {
        var all = new ArrayList<>(List.of(Word.plain(address)));
        all.addAll(words);
        server.line("listen", all.toArray(Word[]::new));
    }

    /** Where something comes in. */
    private record Port(L4Listen.Protocol protocol, String host, int port) {}

    /**
     * Where it goes.
     *
     * @param offset how far behind its first port
     */
    private record Target(L4Route route, int offset) {

        String name() {
            return offset == 0 ? NginxScope.name(route.id()) : NginxScope.name(route.id(), "p" + offset);
        }
    }
}
