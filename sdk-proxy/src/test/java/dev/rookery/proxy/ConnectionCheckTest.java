package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.route.EngineKind;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of routes for connections, and of the ports that they share with others. */
class ConnectionCheckTest {

    private static final EngineFeatures NEW = EngineFeatures.caddy("2.11.4");

    @Test
    void comparesNamesOfConnectionsAsEnginesDo() {
        var lower = stream("a", "one", "db.example.net");
        var upper = stream("b", "two", "DB.example.net");
        var wide = stream("c", "two", "*.example.net");

        assertThat(streams(lower, upper)).containsExactly("PORT_CLASH");
        assertThat(streams(lower, wide)).containsExactly("PORT_CLASH");
        assertThat(streams(lower, stream("c", "one", "*.example.net"))).isEmpty();
        assertThat(streams(stream("a", "one", "db.example.net", "DB.example.net")))
                .containsExactly("DOMAIN_DUPLICATE_IN_ROUTE");
    }

    @Test
    void listensAtAddressesAndNotAtNetworks() {
        var network = L4Route.builder("a")
                .addListen(new L4Listen(L4Listen.Protocol.TCP, "10.0.0.0/8", 5000, 1))
                .addUpstreams(L4Upstream.of("10.0.0.1", 1))
                .build();
        var settings = ProxySettings.builder().listenAddress("10.0.0.0/8").build();

        assertThat(streams(network)).containsExactly("ADDRESS");
        assertThat(RouteCheck.check(ProxyDocument.builder().settings(settings).build(), NEW))
                .extracting(Finding::pointer)
                .containsExactly("/settings/listenAddress");
        var everywhere = L4Route.builder("a")
                .addListen(new L4Listen(L4Listen.Protocol.TCP, "0.0.0.0", 443, 1))
                .addUpstreams(L4Upstream.of("10.0.0.1", 1))
                .build();
        assertThat(streams(everywhere)).containsExactly("PORT_CLASH");
    }

    /** Caddy makes all of both families of all of one. */
    @Test
    void tellsFamiliesOfAddressesApartWhereTheEngineDoes() {
        var nginx = new EngineFeatures(EngineKind.NGINX, "1.22.1", Set.of("stream"));
        var caddy = new EngineFeatures(EngineKind.CADDY, "2.11.4", Set.of("layer4"));

        assertThat(clashes(nginx, "0.0.0.0", "::")).isFalse();
        assertThat(clashes(nginx, "::", "10.0.0.1")).isFalse();
        assertThat(clashes(nginx, "::", "fd00::1")).isTrue();
        assertThat(clashes(nginx, "0.0.0.0", "10.0.0.1")).isTrue();
        for (var all : List.of("", "*")) {
            assertThat(clashes(nginx, all, "::")).isTrue();
            assertThat(clashes(nginx, "10.0.0.1", all)).isTrue();
        }
        assertThat(clashes(caddy, "0.0.0.0", "::")).isTrue();
        assertThat(clashes(caddy, "::", "10.0.0.1")).isTrue();
        assertThat(clashes(caddy, "fd00::1", "10.0.0.1")).isFalse();
    }

    private static boolean clashes(EngineFeatures engine, String... hosts) {
        var route = L4Route.builder("game").addUpstreams(L4Upstream.of("10.0.0.1", 1));
        for (var host : hosts) {
            route.addListen(new L4Listen(L4Listen.Protocol.TCP, host, 5000, 1));
        }
        var document = ProxyDocument.builder().addL4Routes(route.build()).build();
        return RouteCheck.check(document, engine).stream()
                .anyMatch(finding -> finding.code().equals("PORT_CLASH"));
    }

    private static L4Route stream(String id, String owner, String... names) {
        return L4Route.builder(id)
                .owner(owner)
                .addListen(L4Listen.tcp(5432))
                .addUpstreams(L4Upstream.of("10.0.0.1", 5432))
                .addServerNames(names)
                .build();
    }

    private static List<String> streams(L4Route... routes) {
        var engine = new EngineFeatures(NEW.kind(), NEW.version(), Set.of("layer4"));
        return RouteCheck.check(ProxyDocument.builder().addL4Routes(routes).build(), engine).stream()
                .map(Finding::code)
                .toList();
    }

    @Test
    void findsPortsThatAreTaken() {
        var one = L4Route.builder("one")
                .addListen(L4Listen.tcp(443))
                .addUpstreams(L4Upstream.of("10.0.0.1", 1))
                .build();
        var two = L4Route.builder("two")
                .addListen(new L4Listen(L4Listen.Protocol.TCP, "", 5000, 10))
                .addUpstreams(L4Upstream.of("10.0.0.1", 1))
                .build();
        var three = L4Route.builder("three")
                .addListen(L4Listen.tcp(5009))
                .addUpstreams(L4Upstream.of("10.0.0.1", 1))
                .build();
        var udp = L4Route.builder("udp")
                .addListen(L4Listen.udp(5009))
                .addUpstreams(L4Upstream.of("10.0.0.1", 1))
                .build();
        var engine = new EngineFeatures(NEW.kind(), NEW.version(), Set.of("layer4"));

        assertThat(RouteCheck.check(
                        ProxyDocument.builder()
                                .addL4Routes(one, two, three, udp)
                                .build(),
                        engine))
                .extracting(Finding::code, finding -> finding.route().orElse(""))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("PORT_CLASH", "one"),
                        org.assertj.core.groups.Tuple.tuple("PORT_CLASH", "three"));
    }
}
