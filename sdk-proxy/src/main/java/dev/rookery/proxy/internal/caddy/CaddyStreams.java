package dev.rookery.proxy.internal.caddy;

import dev.rookery.proxy.internal.json.Tree;
import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Connections and datagrams, by the layer 4 plugin: a server for each port, and in it the routes that listen there, those that ask for names first. */
final class CaddyStreams {

    /** The plugin's own. */
    private static final Duration USUAL_IDLE = Duration.ofSeconds(30);

    /** What a route without names takes comes last: it takes all. */
    private static final Comparator<Target> NARROW_FIRST = Comparator.comparing(
                    (Target target) -> target.route().serverNames().isEmpty())
            .thenComparing(target -> target.route().sources().isEmpty())
            .thenComparing(target -> target.route().id());

    private CaddyStreams() {}

    /** Returns the plugin's part; empty if nothing is routed. */
    static Tree app(List<L4Route> routes) {
        Map<String, List<Target>> ports = new TreeMap<>();
        for (var route : routes) {
            if (route.enabled()) {
                for (var listen : route.listen()) {
                    for (int i = 0; i < listen.ports(); i++) {
                        ports.computeIfAbsent(address(listen, i), key -> new ArrayList<>())
                                .add(new Target(route, listen.protocol(), i));
                    }
                }
            }
        }
        var servers = new Tree();
        ports.forEach((address, targets) ->
                servers.put("l4-" + address.replaceAll("[^A-Za-z0-9]+", "-"), server(address, targets)));
        return new Tree().putSome("servers", servers);
    }

    private static String address(L4Listen listen, int offset) {
        return (listen.protocol() == L4Listen.Protocol.UDP ? "udp/" : "tcp/") + CaddyProxy.host(listen.host()) + ":"
                + (listen.port() + offset);
    }

    private static Tree server(String address, List<Target> targets) {
        var tree = new Tree().put("listen", List.of(address));
        var idle = targets.get(0).route().idleTimeout();
        if (address.startsWith("udp/") && !idle.equals(USUAL_IDLE)) {
            // Only the plugin's 0.1.0 and newer know the member at all.
            tree.put("idle_timeout", idle);
        }
        return tree.putAll(
                "routes",
                targets.stream().sorted(NARROW_FIRST).map(CaddyStreams::route).toList());
    }

    private static Tree route(Target target) {
        var route = target.route();
        var match = new Tree();
        if (!route.serverNames().isEmpty()) {
            var names = route.serverNames().stream()
                    .map(name -> Domain.parse(name).toString())
                    .toList();
            match.put("tls", new Tree().put("sni", names));
        }
        if (!route.sources().isEmpty()) {
            match.put("remote_ip", new Tree().put("ranges", route.sources()));
        }
        var handlers = new ArrayList<Tree>();
        if (route.tls() == L4Route.Tls.TERMINATE) {
            handlers.add(Tree.of("handler", "tls"));
        }
        handlers.add(proxy(target));
        var tree = new Tree();
        if (!match.isEmpty()) {
            tree.putAll("match", List.of(match));
        }
        return tree.putAll("handle", handlers);
    }

    private static Tree proxy(Target target) {
        var route = target.route();
        boolean weighted = route.upstreams().stream().anyMatch(upstream -> upstream.weight() != 1);
        var upstreams = new ArrayList<Tree>();
        for (var upstream : route.upstreams()) {
            var tree = new Tree().put("dial", List.of(dial(upstream, target)));
            upstreams.add(weighted ? tree.put("weight", upstream.weight()) : tree);
        }
        var tree = Tree.of("handler", "proxy").putAll("upstreams", upstreams);
        tree.put("load_balancing", new Tree().put("selection", Tree.of("policy", policy(route.policy(), weighted))));
        if (route.proxyProtocol() > 0) {
            tree.put("proxy_protocol", "v" + route.proxyProtocol());
        }
        return tree;
    }

    private static String dial(L4Upstream upstream, Target target) {
        return (target.protocol() == L4Listen.Protocol.UDP ? "udp/" : "tcp/") + CaddyProxy.host(upstream.host()) + ":"
                + (upstream.port() + target.offset());
    }

    private static String policy(Balancing.Policy policy, boolean weighted) {
        return switch (policy) {
            case RANDOM -> "random";
            case LEAST_CONNECTIONS -> "least_conn";
            case FIRST -> "first";
            case IP_HASH -> "ip_hash";
            default -> weighted ? "weighted_round_robin" : "round_robin";
        };
    }

    /**
     * A route at one of its ports.
     *
     * @param offset how far behind its first one
     */
    private record Target(L4Route route, L4Listen.Protocol protocol, int offset) {}
}
