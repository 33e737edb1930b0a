package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.apply.UpstreamNames;
import dev.rookery.proxy.route.Discovery;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a change leads to by names, which are looked up before it is saved. */
@SuppressWarnings("NullAway.Init") // each test opens the service
class ServiceUpstreamsTest {

    @TempDir
    Path folder;

    private ProxyService service;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aNameThatLeadsToTheProxysOwnMachineIsRefusedAsItsAddressIs() {
        open(name -> List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("169.254.169.254")));
        var discovery =
                new Discovery(Discovery.Kind.ADDRESS, "trap.example.net", OptionalInt.of(80), Duration.ofMinutes(1));
        var guard = new ForwardAuth(Upstream.http("trap.example.net", 80), "/", List.of());

        trapped("/routes/0/action/upstreams/0/host", routed(named(to("trap.example.net"))));
        trapped(
                "/routes/0/action/discovery/name",
                routed(named(ProxyTo.builder().discovery(discovery).build())));
        trapped(
                "/routes/0/auth/0/service/host",
                routed(HttpRoute.builder("a", to())
                        .from(named(to()))
                        .addAuth(guard)
                        .build()));
        trapped(
                "/l4Routes/0/upstreams/0/host",
                document -> ProxyDocument.builder()
                        .from(document)
                        .addL4Routes(L4Route.builder("c")
                                .addListen(L4Listen.tcp(25565))
                                .addUpstreams(L4Upstream.of("trap.example.net", 25565))
                                .build())
                        .build());

        assertThat(service.change(
                                "anna",
                                "it is mine",
                                document -> ProxyDocument.builder()
                                        .from(document)
                                        .settings(ProxySettings.builder()
                                                .from(document.settings())
                                                .addAllowedUpstreams("trap.example.net")
                                                .build())
                                        .addRoutes(named(to("trap.example.net")))
                                        .build())
                        .applied())
                .isTrue();
    }

    @Test
    void aNameWithoutAnAddressIsWarnedOfAndSaved() {
        open(name -> {
            throw new UnknownHostException(name);
        });
        var warned = new CopyOnWriteArrayList<Finding>();
        service.addListener(event -> {
            if (event instanceof ProxyEvent.Planned planned) {
                warned.addAll(planned.plan().findings());
            }
        });

        assertThat(service.routes("anna").put(named(to("later.example.net"))).applied())
                .isTrue();
        assertThat(warned).extracting(Finding::code).contains("UPSTREAM_UNRESOLVED");
    }

    @Test
    void aDnsServerThatDoesNotAnswerHoldsNobodyUpForLong() throws Exception {
        var never = new CountDownLatch(1);
        open(name -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });

        assertThat(service.routes("anna").put(named(to("slow.example.net"))).applied())
                .isTrue();
    }

    @Test
    void onlyNamesThatComeWithAChangeAreLookedUp() {
        var asked = new CopyOnWriteArrayList<String>();
        open(name -> {
            asked.add(name);
            return List.of(InetAddress.getByName("10.20.0.5"));
        });
        service.routes("anna").put(named(to("Web.example.net")));
        service.routes("anna")
                .put(HttpRoute.builder("b", to()).addDomains("b.example.net").build());
        service.routes("anna")
                .put(HttpRoute.builder("c", to("web.example.net"))
                        .addDomains("c.example.net")
                        .enabled(false)
                        .build());

        assertThat(asked).containsExactly("web.example.net");
    }

    private void open(UpstreamNames names) {
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), new FileEngine(folder))
                .upstreamNames(names)
                .build();
    }

    private void trapped(String pointer, UnaryOperator<ProxyDocument> edit) {
        assertThatThrownBy(() -> service.change("anna", "a trap", edit))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.findings())
                                .filteredOn(finding -> finding.code().equals("UPSTREAM_FORBIDDEN"))
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(finding.pointer()).isEqualTo(pointer);
                                    assertThat(finding.message()).contains("trap.example.net", "169.254.169.254");
                                }));
    }

    private static UnaryOperator<ProxyDocument> routed(HttpRoute route) {
        return document ->
                ProxyDocument.builder().from(document).addRoutes(route).build();
    }

    private static HttpRoute named(ProxyTo action) {
        return HttpRoute.builder("a", action).addDomains("a.example.net").build();
    }

    private static ProxyTo to(String host) {
        return ProxyTo.of(Upstream.http(host, 8080));
    }

    private static ProxyTo to() {
        return ProxyTo.of(Upstream.http("10.20.0.5", 8080));
    }
}
