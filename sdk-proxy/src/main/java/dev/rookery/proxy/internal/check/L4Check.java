package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.route.Balancing;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import java.util.HashSet;
import java.util.Set;

/** Checks one route of connections or datagrams by itself. */
final class L4Check {

    private static final int LISTEN_MAX = 16;
    private static final int UPSTREAMS_MAX = 64;
    private static final int PORTS_MAX = 100;
    private static final int WEIGHT_MAX = 1000;

    private static final Set<Balancing.Policy> POLICIES = Set.of(
            Balancing.Policy.RANDOM,
            Balancing.Policy.ROUND_ROBIN,
            Balancing.Policy.LEAST_CONNECTIONS,
            Balancing.Policy.FIRST,
            Balancing.Policy.IP_HASH);

    private L4Check() {}

    static void check(Findings found, L4Route route, Scope scope) {
        HttpRouteCheck.id(found.at("id"), route.id());
        listen(found, route);
        upstreams(found, route, scope);
        var names = new HashSet<Domain>();
        for (int i = 0; i < route.serverNames().size(); i++) {
            var name = route.serverNames().get(i);
            var place = found.at("serverNames", i);
            place.read("DOMAIN_SYNTAX", () -> Domain.parse(name))
                    .ifPresent(domain -> place.require(
                            names.add(domain), "DOMAIN_DUPLICATE_IN_ROUTE", "'" + domain + "' is given twice"));
        }
        RouteTextCheck.networks(found, "sources", route.sources());
        found.at("policy")
                .require(
                        POLICIES.contains(route.policy()),
                        "LB_POLICY_UNSUPPORTED",
                        route.policy() + " (expected: one of "
                                + POLICIES.stream().sorted().toList() + ")");
        found.at("proxyProtocol")
                .require(
                        route.proxyProtocol() >= 0 && route.proxyProtocol() <= 2,
                        "PROXY_PROTOCOL",
                        "version " + route.proxyProtocol() + " (expected: 0, 1 or 2)");
        ProxyCheck.time(found.at("idleTimeout"), route.idleTimeout(), true);
        tls(found, route, scope);
    }

    private static void listen(Findings found, L4Route route) {
        int count = route.listen().size();
        found.at("listen")
                .require(
                        count >= 1 && count <= LISTEN_MAX,
                        "LIMIT_LISTEN",
                        count + " listeners (expected: 1 to " + LISTEN_MAX + ")");
        for (int i = 0; i < count; i++) {
            var listen = route.listen().get(i);
            var place = found.at("listen", i);
            DocumentCheck.port(place.at("port"), listen.port());
            boolean range = listen.ports() >= 1
                    && listen.ports() <= PORTS_MAX
                    && (long) listen.port() + listen.ports() - 1 <= 65_535;
            place.at("ports")
                    .require(
                            range,
                            "PORT",
                            listen.ports() + " ports (expected: 1 to " + PORTS_MAX + ", none above 65535)");
            if (!listen.host().isEmpty()) {
                RouteTextCheck.address(place.at("host"), listen.host());
            }
        }
    }

    private static void upstreams(Findings found, L4Route route, Scope scope) {
        int count = route.upstreams().size();
        found.at("upstreams")
                .require(
                        count >= 1 && count <= UPSTREAMS_MAX,
                        "UPSTREAM_COUNT",
                        count + " upstreams (expected: 1 to " + UPSTREAMS_MAX + ")");
        int ports = route.listen().stream().mapToInt(L4Listen::ports).max().orElse(1);
        for (int i = 0; i < count; i++) {
            var upstream = route.upstreams().get(i);
            var place = found.at("upstreams", i);
            UpstreamCheck.host(place.at("host"), upstream.host(), scope);
            UpstreamCheck.port(place.at("port"), upstream.port());
            place.at("port")
                    .require(
                            upstream.port() + (long) ports - 1 <= 65_535,
                            "UPSTREAM_PORT",
                            "port " + upstream.port() + " and " + ports + " in a row (expected: none above 65535)");
            place.at("weight")
                    .require(
                            upstream.weight() >= 1 && upstream.weight() <= WEIGHT_MAX,
                            "UPSTREAM_WEIGHTS",
                            "weight " + upstream.weight() + " (expected: 1 to " + WEIGHT_MAX + ")");
        }
    }

    private static void tls(Findings found, L4Route route, Scope scope) {
        boolean udp = route.listen().stream().anyMatch(listen -> listen.protocol() == L4Listen.Protocol.UDP);
        boolean terminates = route.tls() == L4Route.Tls.TERMINATE;
        found.at("tls")
                .require(
                        !udp || (!terminates && route.serverNames().isEmpty()),
                        "L4_TLS",
                        "TLS in datagrams (expected: connections)");
        boolean known =
                route.tlsPolicy().map(name -> scope.policy(name).isPresent()).orElse(true);
        found.at("tlsPolicy")
                .require(
                        known,
                        "TLS_POLICY",
                        "policy '" + route.tlsPolicy().orElse("") + "' (expected: the name of one in tlsPolicies)");
        found.at("serverNames")
                .require(
                        !terminates || !route.serverNames().isEmpty(),
                        "L4_TLS",
                        "no name for a certificate (expected: serverNames)");
        found.at("proxyProtocol")
                .require(
                        !udp || route.proxyProtocol() == 0,
                        "PROXY_PROTOCOL",
                        "the PROXY protocol for datagrams (expected: 0)");
    }
}
