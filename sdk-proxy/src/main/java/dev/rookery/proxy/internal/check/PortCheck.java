package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Domain;
import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.internal.probe.Port;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that nobody listens where somebody else does. */
final class PortCheck {

    private final List<Taken> taken = new ArrayList<>();

    private PortCheck() {}

    static void check(Findings found, ProxyDocument document) {
        var check = new PortCheck();
        check.web(document);
        var routes = document.l4Routes();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).enabled()) {
                check.add(found.at("l4Routes", i).of(routes.get(i).id()), routes.get(i));
            }
        }
    }

    private void web(ProxyDocument document) {
        var settings = document.settings();
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

    private static boolean meet(L4Listen one, L4Listen other) {
        boolean addresses =
                Port.all(one.host()) || Port.all(other.host()) || one.host().equals(other.host());
        return one.protocol() == other.protocol()
                && addresses
                && one.port() < other.port() + other.ports()
                && other.port() < one.port() + one.ports();
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
