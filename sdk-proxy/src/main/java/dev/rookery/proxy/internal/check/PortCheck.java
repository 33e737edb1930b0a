package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.probe.Port;
import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that nobody listens where somebody else does. */
final class PortCheck {

    private final List<Taken> taken = new ArrayList<>();

    private final boolean familiesApart;

    private PortCheck(boolean familiesApart) {
        this.familiesApart = familiesApart;
    }

    static void check(Findings found, Scope scope) {
        // Of all addresses of a family, Caddy makes all of both.
        var check = new PortCheck(scope.engine().kind() == EngineKind.NGINX);
        check.web(scope.settings());
        var routes = scope.document().l4Routes();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).enabled()) {
                check.add(found.at("l4Routes", i).of(routes.get(i).id()), routes.get(i));
            }
        }
    }

    private void web(ProxySettings settings) {
        var address = settings.listenAddress();
        taken.add(Taken.web("HTTP", L4Listen.Protocol.TCP, address, settings.httpPort()));
        taken.add(Taken.web("HTTPS", L4Listen.Protocol.TCP, address, settings.httpsPort()));
        settings.tunnelPort().ifPresent(port -> taken.add(Taken.web("tunnels", L4Listen.Protocol.TCP, address, port)));
        if (settings.http3()) {
            taken.add(Taken.web("HTTP/3", L4Listen.Protocol.UDP, address, settings.httpsPort()));
        }
    }

    /** Returns the names that can be read. */
    private static List<Domain> names(L4Route route) {
        var ignored = new Findings();
        return route.serverNames().stream()
                .flatMap(text -> ignored.read("", () -> Domain.parse(text)).stream())
                .toList();
    }

    private void add(Findings place, L4Route route) {
        for (int i = 0; i < route.listen().size(); i++) {
            var listen = route.listen().get(i);
            var mine = new Taken("route " + Shown.of(route.id()), listen, names(route), route.owner());
            for (var other : taken) {
                if (meet(listen, other.listen()) && !apart(mine, other)) {
                    place.at("listen", i)
                            .error(
                                    "PORT_CLASH",
                                    "port " + listen.port() + " is that of " + other.who()
                                            + " (expected: one of its own"
                                            + (other.names().isEmpty() ? ")" : ", or other serverNames)"));
                }
            }
            taken.add(mine);
        }
    }

    private boolean meet(L4Listen one, L4Listen other) {
        return one.protocol() == other.protocol()
                && (has(one.host(), other.host()) || has(other.host(), one.host()))
                && one.port() < other.port() + other.ports()
                && other.port() < one.port() + one.ports();
    }

    /** Whether an address is another one, or one of those that it stands for. */
    private boolean has(String host, String other) {
        boolean both = host.isEmpty() || host.equals("*");
        boolean sameFamily = host.indexOf(':') < 0 == other.indexOf(':') < 0;
        return host.equals(other) || (Port.all(host) && (both || sameFamily || !familiesApart));
    }

    /** Two that go by the name in the greeting of TLS can have one port; names below a wildcard are its owner's. */
    private static boolean apart(Taken one, Taken other) {
        boolean samePlace = one.listen().equals(other.listen());
        boolean sameOwner = one.owner().equals(other.owner());
        return samePlace
                && !one.names().isEmpty()
                && !other.names().isEmpty()
                && one.names().stream()
                        .noneMatch(name -> other.names().stream()
                                .anyMatch(with -> sameOwner ? name.equals(with) : name.meets(with)));
    }

    /**
     * Who listens where.
     *
     * @param who for people
     * @param listen where
     * @param names of TLS that it is for; empty is any
     */
    private record Taken(String who, L4Listen listen, List<Domain> names, Optional<String> owner) {

        static Taken web(String what, L4Listen.Protocol protocol, String address, int port) {
            return new Taken(
                    "the listener for " + what, new L4Listen(protocol, address, port, 1), List.of(), Optional.empty());
        }
    }
}
