package dev.rookery.examples.panel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.examples.panel.LocalEngine;
import dev.rookery.examples.panel.PanelSettings;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.examples.panel.sql.Database;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of servers' domains in the document; the engine is away. */
class ServerDomainsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestPanel panel;
    private String server;

    @BeforeEach
    void start() throws IOException {
        panel = open();
        server = panel.serverOf("admin");
        proxy().service()
                .change(
                        "test",
                        "settings",
                        document -> ProxyDocument.builder()
                                .from(document)
                                .settings(ProxySettings.builder()
                                        .addAllowedUpstreams("127.0.0.0/8")
                                        .build())
                                .build());
    }

    @AfterEach
    void close() {
        panel.close();
    }

    private TestPanel open() throws IOException {
        var options =
                ProxyOptions.of(LocalEngine.away(), folder.resolve("proxy")).offering("*.play.example.net");
        return TestPanel.start(
                Database.open(folder.resolve("data")), PanelSettings.defaults().withProxy(options), node -> node);
    }

    @Test
    void isSavedWhileTheEngineIsAway() {
        var change = add("Shop.Play.example.net");

        assertThat(change.outcome()).isEqualTo(ApplyReport.Outcome.WAITING);
        var item = change.item();
        assertThat(item.domain()).isEqualTo("shop.play.example.net");
        assertThat(item.id()).startsWith("srv-" + server.substring(0, 8) + "-");
        assertThat(item.url()).isEqualTo("http://shop.play.example.net/");
        assertThat(item.stages())
                .extracting(DomainStage::stage, DomainStage::state)
                .containsExactly(
                        tuple("saved", DomainStage.State.DONE),
                        tuple("engine", DomainStage.State.WAITING),
                        tuple("certificate", DomainStage.State.OFF),
                        tuple("cloud", DomainStage.State.OFF),
                        tuple("tunnel", DomainStage.State.OFF),
                        tuple("reached", DomainStage.State.PENDING));
        var route = route(item.id());
        assertThat(route.owner()).contains(server);
        assertThat(((ProxyTo) route.action()).upstreams()).containsExactly(Upstream.http("127.0.0.1", 30000));
        assertThat(domains().list(found())).hasSize(1);
        assertThat(domains().ports(found())).containsExactly(new DomainPort("127.0.0.1", 30000, true));
    }

    @Test
    void refusesNamesThatAreNotOffered() {
        for (var name : List.of(
                "play.example.net",
                "a.b.play.example.net",
                "shop.example.net",
                "shopplay.example.net",
                "xn--80ak6aa92e.play.example.net",
                "evil.example.org")) {
            assertThatThrownBy(() -> add(name)).as(name).isInstanceOf(DeniedException.class);
        }
        for (var name : List.of(
                "",
                "*.play.example.net",
                "-a.play.example.net",
                "a_b.play.example.net",
                "a .play.example.net",
                "{env.HOME}.play.example.net",
                "10.0.0.1:80")) {
            assertThatThrownBy(() -> add(name)).as(name).isInstanceOf(InvalidInputException.class);
        }
        assertThat(routes()).isEmpty();

        var any = domains().add(found(), wish("shop.example.org"), "admin", true);
        assertThat(any.item().domain()).isEqualTo("shop.example.org");
    }

    @Test
    void refusesPortsThatAreNotTheServers() {
        panel.serverOf("admin");
        for (int port : List.of(30001, 30002, 22, 0, -1, 70000)) {
            var wish = new NewDomain("shop.play.example.net", port, Exposure.PLAIN_HTTP);
            assertThatThrownBy(() -> domains().add(found(), wish, "admin", false))
                    .as("%s", port)
                    .isInstanceOf(InvalidInputException.class);
        }
        var past = new NewDomain("shop.play.example.net", 30000, Exposure.DIRECT_DNS);
        assertThatThrownBy(() -> domains().add(found(), past, "admin", false))
                .isInstanceOf(InvalidInputException.class);
        assertThat(routes()).isEmpty();
    }

    @Test
    void refusesNamesOfOthersAlsoWhenTheyAreSwitchedOff() {
        add("shop.play.example.net");
        var other = TestPanel.id(panel.serverOf("admin"));
        var second = panel.application().service().store().servers().find(other).orElseThrow();
        var wish = new NewDomain("SHOP.play.example.net", 30001, Exposure.PLAIN_HTTP);
        assertThatThrownBy(() -> domains().add(second, wish, "admin", true)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> add("shop.play.example.net")).isInstanceOf(ConflictException.class);

        var own = HttpRoute.builder("panel", ProxyTo.of(Upstream.http("10.0.0.5", 8100)))
                .addDomains("admin.play.example.net")
                .enabled(false)
                .build();
        proxy().service().routes("admin").put(own);
        assertThatThrownBy(() -> add("admin.play.example.net")).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> domains().remove(other, routes().get(0).id(), "admin"))
                .as("a domain of another server")
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> domains().remove(TestPanel.id(server), "panel", "admin"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aServerHasSoManyAtMostHoweverManyAreAskedForAtOnce() throws Exception {
        int users = ServerDomains.LIMIT + 5;
        var refused = new AtomicInteger();
        var all = Executors.newFixedThreadPool(users);
        try {
            var wishes = IntStream.range(0, users)
                    .mapToObj(i -> Executors.callable(() -> {
                        try {
                            add("n" + i + ".play.example.net");
                        } catch (ConflictException e) {
                            refused.incrementAndGet();
                        }
                    }));
            for (var done : all.invokeAll(wishes.toList())) {
                done.get();
            }
        } finally {
            all.shutdown();
        }

        assertThat(refused).hasValue(5);
        assertThat(routes()).hasSize(ServerDomains.LIMIT);

        domains().remove(TestPanel.id(server), routes().get(0).id(), "admin");
        add("more.play.example.net");
        assertThat(routes()).hasSize(ServerDomains.LIMIT);
    }

    @Test
    void domainsGoWithTheirServer() {
        add("shop.play.example.net");
        var kept = HttpRoute.builder("srv-kept", ProxyTo.of(Upstream.http("10.0.0.5", 80)))
                .addDomains("kept.example.net")
                .build();
        proxy().service().routes("admin").put(kept);
        delete();

        domains().converge();
        assertThat(routes()).containsExactly(kept);
        assertThat(domains().converge()).as("nothing to do").isEmpty();
        assertThat(proxy().service().head().note().author()).isEqualTo("rookery");
    }

    @Test
    void aPanelThatDiedAfterADeletionRemovesItsDomainsAtItsNextStart() throws IOException {
        add("shop.play.example.net");
        proxy().close();
        delete();
        panel.close();

        panel = open();
        Eventually.holds("the domain is gone", SOON, () -> routes().isEmpty());
    }

    @Test
    void domainsFollowTheirServerToAnotherNode() {
        add("shop.play.example.net");
        panel.secondNode();
        panel.admin()
                .post("/api/admin/nodes/2/allocations", "{\"ip\":\"10.20.0.7\",\"ports\":\"31000\"}")
                .ok();
        change(new ServerChange.Reserve(new NodeId(2), List.of(11L)), new ServerChange.Move(new NodeId(2)));
        domains().converge();
        assertThat(upstream()).isEqualTo(Upstream.http("10.20.0.7", 31000));

        change(new ServerChange.Release(new NodeId(2)));
        domains().converge();
        assertThat(routes().get(0).enabled()).as("without a port").isFalse();
        assertThat(domains().list(found()).get(0).stages().get(1).state()).isEqualTo(DomainStage.State.OFF);

        change(new ServerChange.Reserve(new NodeId(2), List.of(11L)));
        domains().converge();
        assertThat(routes().get(0).enabled()).as("with it again").isTrue();
    }

    @Test
    void aDomainLeadsToTheAddressThatWasChosenOfSeveralWithOnePort() {
        panel.admin()
                .post("/api/admin/nodes/1/allocations", "{\"ip\":\"127.0.0.2\",\"ports\":\"30000\"}")
                .ok();
        change(new ServerChange.Reserve(new NodeId(1), List.of(11L)));
        assertThatThrownBy(() -> add("map.play.example.net"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ip: none")
                .hasMessageContaining("127.0.0.1, 127.0.0.2");
        assertThatThrownBy(() -> add("map.play.example.net", "127.0.0.3"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("127.0.0.3:30000 (expected: one of the server's)");

        var item = add("map.play.example.net", "127.0.0.2").item();
        assertThat(item.ip()).contains("127.0.0.2");
        assertThat(upstream()).isEqualTo(Upstream.http("127.0.0.2", 30000));
        assertThat(domains().converge()).as("it stays there").isEmpty();

        panel.secondNode();
        panel.admin()
                .post("/api/admin/nodes/2/allocations", "{\"ip\":\"10.20.0.7\",\"ports\":\"30000\"}")
                .ok();
        change(new ServerChange.Reserve(new NodeId(2), List.of(12L)), new ServerChange.Move(new NodeId(2)));
        change(new ServerChange.Release(new NodeId(1)));
        domains().converge();
        assertThat(upstream()).as("the same port of another node").isEqualTo(Upstream.http("10.20.0.7", 30000));
    }

    @Test
    void labelsOfEarlierVersionsBearTheNumberOfThePortAlone() {
        change(new ServerChange.Reserve(new NodeId(1), List.of(5L)));
        var wish = new NewDomain("map.play.example.net", 30004, Exposure.PLAIN_HTTP);
        var id = domains().add(found(), wish, "admin", false).item().id();
        var labelled = HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.0.0.1", 1)))
                .from(route(id))
                .action(ProxyTo.of(Upstream.http("10.0.0.1", 1)))
                .labels(Map.of("server-port", "30004"))
                .build();
        proxy().service().routes("admin").put(labelled);

        domains().converge();
        assertThat(upstream()).isEqualTo(Upstream.http("127.0.0.1", 30004));
    }

    @Test
    void whatAnAdministratorHasSwitchedOffStaysOff() {
        var id = add("shop.play.example.net").item().id();
        var off = HttpRoute.builder(id, route(id).action())
                .from(route(id))
                .enabled(false)
                .build();
        proxy().service().routes("admin").put(off);

        domains().converge();
        change(new ServerChange.Release(new NodeId(1)));
        domains().converge();
        change(new ServerChange.Reserve(new NodeId(1), List.of(5L)));
        domains().converge();
        assertThat(route(id).enabled()).isFalse();
        assertThat(upstream()).isEqualTo(Upstream.http("127.0.0.1", 30004));
    }

    @Test
    void aPortOfALoopbackOfAnotherMachineCannotBeReached() {
        panel.admin()
                .post("/api/admin/nodes", "{\"name\":\"Far\",\"url\":\"https://far.example.net:8080/\"}")
                .ok();
        panel.admin()
                .post("/api/admin/nodes/2/allocations", "{\"ip\":\"127.0.0.1\",\"ports\":\"31000\"}")
                .ok();
        panel.admin()
                .post("/api/admin/nodes/2/allocations", "{\"ip\":\"0.0.0.0\",\"ports\":\"31001\"}")
                .ok();
        change(new ServerChange.Reserve(new NodeId(2), List.of(11L)), new ServerChange.Move(new NodeId(2)));
        var local = new NewDomain("shop.play.example.net", 31000, Exposure.PLAIN_HTTP);
        assertThatThrownBy(() -> domains().add(found(), local, "admin", false)).isInstanceOf(ConflictException.class);

        change(new ServerChange.Reserve(new NodeId(2), List.of(12L)));
        var wild = new NewDomain("shop.play.example.net", 31001, Exposure.PLAIN_HTTP);
        domains().add(found(), wild, "admin", false);
        assertThat(upstream()).isEqualTo(Upstream.http("far.example.net", 31001));
    }

    /** Metadata of a cloud: no way of a proxy leads there. */
    @Test
    void noDomainsWaitForThoseOfAServerToWhichNoWayIsAllowed() {
        var kept = add("shop.play.example.net").item().id();
        var other = TestPanel.id(panel.serverOf("admin"));
        var second = panel.application().service().store().servers().find(other).orElseThrow();
        domains().add(second, new NewDomain("gone.play.example.net", 30001, Exposure.PLAIN_HTTP), "admin", false);
        panel.secondNode();
        panel.admin()
                .post("/api/admin/nodes/2/allocations", "{\"ip\":\"169.254.169.254\",\"ports\":\"31000\"}")
                .ok();
        change(new ServerChange.Reserve(new NodeId(2), List.of(11L)), new ServerChange.Move(new NodeId(2)));
        delete(other);

        domains().converge();

        assertThat(routes()).extracting(HttpRoute::id).containsExactly(kept);
        assertThat(route(kept).enabled())
                .as("where it was may be another one's")
                .isFalse();
        assertThat(domains().converge()).as("nothing more to do").isEmpty();
        panel.admin()
                .post("/api/admin/nodes/2/allocations", "{\"ip\":\"10.20.0.7\",\"ports\":\"31001\"}")
                .ok();
        change(new ServerChange.Release(new NodeId(2)), new ServerChange.Reserve(new NodeId(2), List.of(12L)));
        domains().converge();
        assertThat(route(kept).enabled()).isTrue();
        assertThat(upstream()).isEqualTo(Upstream.http("10.20.0.7", 31001));
    }

    @Test
    void whatAnAdministratorHasAddedBesideTheServerStays() {
        var id = add("shop.play.example.net").item().id();
        var spare = Upstream.http("10.0.0.9", 80);
        var both = HttpRoute.builder(id, ProxyTo.of(upstream(), spare))
                .from(route(id))
                .action(ProxyTo.of(upstream(), spare))
                .build();
        proxy().service().routes("admin").put(both);

        assertThat(domains().converge()).isEmpty();
        change(new ServerChange.Release(new NodeId(1)), new ServerChange.Reserve(new NodeId(1), List.of(5L)));
        domains().converge();

        assertThat(((ProxyTo) route(id).action()).upstreams())
                .containsExactly(Upstream.http("127.0.0.1", 30004), spare);
    }

    private DomainChange add(String name) {
        return domains().add(found(), wish(name), "admin", false);
    }

    private DomainChange add(String name, String ip) {
        var wish = new NewDomain(name, Optional.of(ip), 30000, Exposure.PLAIN_HTTP);
        return domains().add(found(), wish, "admin", false);
    }

    private static NewDomain wish(String name) {
        return new NewDomain(name, 30000, Exposure.PLAIN_HTTP);
    }

    private PanelServer found() {
        return panel.application()
                .service()
                .store()
                .servers()
                .find(TestPanel.id(server))
                .orElseThrow();
    }

    private void change(ServerChange... changes) {
        Eventually.holds(
                "the server is changed",
                SOON,
                () -> panel.application().service().store().servers().change(found(), List.of(changes)));
    }

    private void delete() {
        delete(TestPanel.id(server));
    }

    private void delete(ServerId server) {
        panel.application().service().delete(server);
        Eventually.holds(
                "the server is gone",
                SOON,
                () -> panel.application()
                        .service()
                        .store()
                        .servers()
                        .find(server)
                        .isEmpty());
    }

    private Upstream upstream() {
        return ((ProxyTo) routes().get(0).action()).upstreams().get(0);
    }

    private List<HttpRoute> routes() {
        return proxy().service().head().document().routes();
    }

    private HttpRoute route(String id) {
        return proxy().service().routes("test").get(id);
    }

    private PanelProxy proxy() {
        return panel.application().proxy().orElseThrow();
    }

    private ServerDomains domains() {
        return proxy().domains();
    }
}
