package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.NameOwners;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.internal.certificate.MadeCertificate;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change is checked against beside the document itself: files of the machine, and whose names they are. */
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
        open((owner, domain) -> domain.endsWith(".anna.example.net") && owner.equals(Optional.of("anna"))
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
    void asksWhoseNamesAreThatConnectionsGet() {
        open((owner, domain) -> domain.equals("c.example.net") ? Optional.of("otto's") : Optional.empty());
        var route = L4Route.builder("c")
                .owner("anna")
                .addListen(L4Listen.tcp(25565))
                .addServerNames("mine.example.net", "c.example.net")
                .addUpstreams(L4Upstream.of("10.20.0.5", 25565))
                .build();

        assertThatThrownBy(() -> service.change(
                        "anna",
                        "connections",
                        document -> ProxyDocument.builder()
                                .from(document)
                                .addL4Routes(route)
                                .build()))
                .isInstanceOfSatisfying(
                        RefusedChangeException.class,
                        e -> assertThat(e.findings())
                                .filteredOn(finding -> finding.code().equals("DOMAIN_NOT_OWNED"))
                                .extracting(Finding::pointer)
                                .containsExactly("/l4Routes/0/serverNames/1"));
    }

    @Test
    void aNameThatWasLostKeepsNobodyFromChangingAnything() {
        open(NameOwners.ANYBODY);
        service.routes("anna").put(route("a", Optional.of("anna")));
        service.close();
        open((owner, domain) -> domain.equals("a.example.net") ? Optional.of("given back") : Optional.<String>empty());

        assertThat(service.routes("otto").put(route("b", Optional.of("otto"))).applied())
                .isTrue();
        var off = HttpRoute.builder("a", to())
                .from(route("a", Optional.of("anna")))
                .enabled(false);
        assertThat(service.routes("anna").put(off.build()).applied()).isTrue();
        assertThatThrownBy(() -> service.routes("anna").put(route("a", Optional.of("anna"))))
                .isInstanceOf(RefusedChangeException.class);
    }

    private void open(NameOwners owners) {
        engine = new FileEngine(folder);
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .owners(owners)
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

    private static ProxyTo to() {
        return ProxyTo.of(Upstream.http("10.20.0.5", 8080));
    }
}
