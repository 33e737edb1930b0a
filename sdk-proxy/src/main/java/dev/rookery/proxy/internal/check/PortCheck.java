package dev.rookery.proxy.internal.check;

import dev.rookery.proxy.internal.name.Shown;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.ArrayList;
import java.util.List;

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
        taken.add(new Taken(
                "the listener for HTTP",
                new L4Listen(L4Listen.Protocol.TCP, address, settings.httpPort(), 1),
                List.of()));
        taken.add(new Taken(
                "the listener for HTTPS",
                new L4Listen(L4Listen.Protocol.TCP, address, settings.httpsPort(), 1),
                List.of()));
        settings.tunnelPort()
                .ifPresent(port -> taken.add(new Taken(
                        "the listener for tunnels", new L4Listen(L4Listen.Protocol.TCP, address, port, 1), List.of())));
        if (settings.http3()) {
            taken.add(new Taken(
                    "the listener for HTTP/3",
                    new L4Listen(L4Listen.Protocol.UDP, address, settings.httpsPort(), 1),
                    List.of()));
        }
    }

    private void add(Findings place, L4Route route) {
        for (int i = 0; i < route.listen().size(); i++) {
            var listen = route.listen().get(i);
            var mine = new Taken("route " + Shown.of(route.id()), listen, route.serverNames());
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
                one.host().isEmpty() || other.host().isEmpty() || one.host().equals(other.host());
        return one.protocol() == other.protocol()
                && addresses
                && one.port() < other.port() + other.ports()
                && other.port() < one.port() + one.ports();
    }

    /** Two that go by the name in the greeting of TLS can have one port. */
    private static boolean apart(Taken one, Taken other) {
        boolean samePlace = one.listen().equals(other.listen());
        return samePlace
                && !one.names().isEmpty()
                && !other.names().isEmpty()
                && one.names().stream().noneMatch(other.names()::contains);
    }

    /**
     * Who listens where.
     *
     * @param who for people
     * @param listen where
     * @param names of TLS that it is for; empty is any
     */
    private record Taken(String who, L4Listen listen, List<String> names) {}
}
