package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.NameOwners;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.apply.UpstreamNames;
import dev.rookery.proxy.internal.certificate.MadeCertificate;
import dev.rookery.proxy.route.Discovery;
import dev.rookery.proxy.route.ForwardAuth;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change is checked against beside the document itself: files of the machine, whose names they are, and where its upstreams are. */
@SuppressWarnings("NullAway.Init") // each test opens the service
class ServiceChecksTest {

    @TempDir
    Path folder;

    private FileEngine engine;
    private ProxyService service;

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aRouteWhoseCertificateIsMissingIsNotSaved() throws Exception {
        open(NameOwners.ANYBODY);
        var files = MadeCertificate.of("one", "EC", "a.example.net").into(folder.resolve("certificate"));
        Files.delete(Path.of(files.key()));

        assertThatThrownBy(() -> put(TlsPolicy.of("own", files)))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.findings()).extracting(Finding::code).containsExactly("CERT_FILE_MISSING"));
        assertThat(service.head().number()).isZero();
    }

    @Test
    void whatIsDisabledWithoutItsFileLeavesTheEngineAsItIs() throws Exception {
        open(NameOwners.ANYBODY);
        var files = MadeCertificate.of("one", "EC", "a.example.net").into(folder.resolve("certificate"));
        assertThat(put(TlsPolicy.of("own", files))).isTrue();
        assertThat(service.routes("anna").put(route("b", Optional.empty())).applied())
                .isTrue();
        var ran = engine.routes();
        Files.delete(Path.of(files.certificate()));

        var half = service.routes("anna").remove("b");

        assertThat(half.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(half.undone()).as("it stays saved").isEmpty();
        assertThat(half.said()).contains(files.certificate());
        assertThat(engine.routes()).isEqualTo(ran);

        assertThat(service.routes("anna").remove("a").applied()).isTrue();
        assertThat(engine.routes()).isEmpty();
    }

    @Test
    void asksWhoseNamesAreThatARouteGets() {
        open((NameOwners) (owner, domain) -> domain.endsWith(".anna.example.net") && owner.equals(Optional.of("anna"))
                ? Optional.empty()
                : Optional.of("somebody else's"));

        assertThatThrownBy(() -> service.routes("anna").put(route("a", Optional.of("anna"))))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.findings()).singleElement().satisfies(finding -> {
                            assertThat(finding.code()).isEqualTo("DOMAIN_NOT_OWNED");
                            assertThat(finding.pointer()).isEqualTo("/routes/0/domains/0");
                            assertThat(finding.message()).contains("a.example.net", "somebody else's", "anna");
                        }));
        var hers = HttpRoute.builder("hers", to())
                .addDomains("Map.Anna.Example.net.")
                .owner("anna")
                .build();
        assertThat(service.routes("anna").put(hers).applied()).isTrue();
        var shared = HttpRoute.builder("hers", to()).from(hers).owner(Optional.empty());
        assertThatThrownBy(() -> service.routes("anna").put(shared.build())).isInstanceOf(RefusedChangeException.class);
    }

    @Test
    void aNameThatWasLostKeepsNobodyFromChangingAnything() {
        open(NameOwners.ANYBODY);
        service.routes("anna").put(route("a", Optional.of("anna")));
        service.close();
        open((NameOwners) (owner, domain) ->
                domain.equals("a.example.net") ? Optional.of("given back") : Optional.<String>empty());

        assertThat(service.routes("otto").put(route("b", Optional.of("otto"))).applied())
                .isTrue();
        var off = HttpRoute.builder("a", to())
                .from(route("a", Optional.of("anna")))
                .enabled(false);
        assertThat(service.routes("anna").put(off.build()).applied()).isTrue();
        assertThatThrownBy(() -> service.routes("anna").put(route("a", Optional.of("anna"))))
                .isInstanceOf(RefusedChangeException.class);
    }

    @Test
    void aNameThatLeadsToTheProxysOwnMachineIsRefusedAsItsAddressIs() {
        open((UpstreamNames)
                name -> List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("169.254.169.254")));
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
        open((UpstreamNames) name -> {
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
        open((UpstreamNames) name -> {
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
        open((UpstreamNames) name -> {
            asked.add(name);
            return List.of(InetAddress.getByName("10.20.0.5"));
        });
        service.routes("anna").put(named(to("Web.example.net")));
        service.routes("anna").put(route("b", Optional.empty()));
        service.routes("anna")
                .put(HttpRoute.builder("c", to("web.example.net"))
                        .addDomains("c.example.net")
                        .enabled(false)
                        .build());

        assertThat(asked).containsExactly("web.example.net");
    }

    private void open(NameOwners owners) {
        open(owners, UpstreamNames.OF_THIS_MACHINE);
    }

    private void open(UpstreamNames names) {
        open(NameOwners.ANYBODY, names);
    }

    private void open(NameOwners owners, UpstreamNames names) {
        engine = new FileEngine(folder);
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .owners(owners)
                .upstreamNames(names)
                .build();
    }

    private boolean put(TlsPolicy policy) {
        var route = HttpRoute.builder("a", to())
                .from(route("a", Optional.empty()))
                .tlsPolicy(policy.name())
                .build();
        return service.change(
                        "anna",
                        "a certificate",
                        document -> ProxyDocument.builder()
                                .from(document)
                                .addTlsPolicies(policy)
                                .addRoutes(route)
                                .build())
                .applied();
    }

    private static HttpRoute route(String id, Optional<String> owner) {
        return HttpRoute.builder(id, to())
                .addDomains(id + ".example.net")
                .owner(owner)
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
