package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.apply.CertificateState;
import dev.rookery.proxy.apply.FileAuthority;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.cloudflare.MovableClock;
import dev.rookery.proxy.internal.certificate.MadeCertificate;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that come, end and are renewed, with an authority and an engine of files. Source: proxy specification §3.4. */
@SuppressWarnings("NullAway.Init") // JUnit opens the service before each test
class CertificatesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.now());
    private final List<ProxyEvent> events = new CopyOnWriteArrayList<>();
    private FileAuthority authority;
    private ProxyService service;
    private int looks;

    @BeforeEach
    void prepare() {
        authority = new FileAuthority(folder);
        open();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void eachNameThatRunsGetsItsOwn() {
        service.change(
                "anna",
                "routes",
                document -> ProxyDocument.builder()
                        .settings(ProxySettings.builder()
                                .acmeEmail("ops@example.net")
                                .build())
                        .addRoutes(route("a", Exposure.PUBLIC), route("plain", Exposure.PLAIN_HTTP))
                        .addRoutes(HttpRoute.builder("off", to())
                                .from(route("off", Exposure.PUBLIC))
                                .enabled(false)
                                .build())
                        .build());

        awaitThere("a.example.net");

        assertThat(authority.asked()).containsExactly("a.example.net");
        assertThat(authority.last().email()).contains("ops@example.net");
        assertThat(authority.last().issuer()).isEmpty();
        assertThat(service.certificates()).singleElement().satisfies(state -> {
            assertThat(state.said()).isEmpty();
            assertThat(state.nextAt().orElseThrow()).isBefore(state.expires().orElseThrow());
        });
        assertThat(told(ProxyEvent.CertificateTold.class))
                .singleElement()
                .satisfies(told -> assertThat(told.certificate().domain()).isEqualTo("a.example.net"));
    }

    @Test
    void leavesAnAuthorityThatRefusedAloneForAWhileAlsoAfterARestart() throws IOException {
        say("refusing");
        put("a");
        await().atMost(LIMIT).until(() -> !state("a.example.net").said().isEmpty());
        assertThat(state("a.example.net").said()).contains("does not lead here");
        assertThat(state("a.example.net").nextAt()).contains(clock.instant().plus(Duration.ofMinutes(15)));

        service.close();
        open();
        clock.advance(Duration.ofMinutes(14));
        unsay("refusing");
        put("b");
        awaitThere("b.example.net");
        assertThat(authority.asked()).containsExactly("a.example.net", "b.example.net");

        clock.advance(Duration.ofMinutes(1));
        service.apply();
        awaitThere("a.example.net");
        assertThat(state("a.example.net").said()).isEmpty();
    }

    @Test
    void waitsLongerAfterEachRefusalButNotLongForWhoIsAway() throws IOException {
        say("refusing");
        put("a");
        awaitAsked(1);
        clock.advance(Duration.ofMinutes(15));
        service.apply();
        awaitAsked(2);
        await().atMost(LIMIT)
                .until(() -> state("a.example.net")
                        .nextAt()
                        .equals(Optional.of(clock.instant().plus(Duration.ofMinutes(30)))));
        unsay("refusing");
        say("away");
        clock.advance(Duration.ofMinutes(30));
        service.apply();
        await().atMost(LIMIT)
                .until(() -> state("a.example.net").said().contains("nobody answers")
                        && !state("a.example.net")
                                .nextAt()
                                .orElseThrow()
                                .isAfter(clock.instant().plus(Duration.ofMinutes(15))));
    }

    @Test
    void tellsWhatIsWrongWithWhatCame() throws IOException {
        say("forgetful");
        put("a");
        await().atMost(LIMIT)
                .until(() -> state("a.example.net")
                        .said()
                        .contains("'" + authority.file("a.example.net") + "' is not there"));

        unsay("forgetful");
        say("confused");
        clock.advance(Duration.ofMinutes(15));
        service.apply();
        await().atMost(LIMIT).until(() -> state("a.example.net").said().contains("for other names"));
    }

    @Test
    void renewsInTimeAndTellsOnceWhenThatFails() throws IOException {
        put("a");
        awaitThere("a.example.net");
        var first = Files.readString(authority.file("a.example.net"));
        say("refusing");
        clock.advance(Duration.ofDays(18));
        put("b");
        awaitAsked(2);
        assertThat(authority.asked()).as("not due yet").containsExactly("a.example.net", "b.example.net");

        clock.advance(Duration.ofDays(2));
        service.apply();
        awaitAsked(4);
        clock.advance(Duration.ofHours(1));
        service.apply();
        awaitAsked(6);
        assertThat(told(ProxyEvent.CertificateExpiring.class)).singleElement().satisfies(told -> {
            assertThat(told.names()).containsExactly("a.example.net");
            assertThat(told.said()).contains("does not lead here");
        });

        unsay("refusing");
        clock.advance(Duration.ofHours(24));
        service.apply();
        // What it issues is as old as the first one: that is no reason to ask again at once.
        await().atMost(LIMIT).until(() -> state("a.example.net").said().contains("due to be renewed already"));
        assertThat(Files.readString(authority.file("a.example.net"))).isNotEqualTo(first);
        assertThat(state("a.example.net").nextAt().orElseThrow())
                .isAfter(clock.instant().plus(Duration.ofMinutes(14)));
    }

    @Test
    void tellsOfTheEndOfAFileOnceForEachTime() throws Exception {
        var files = MadeCertificate.of("one", "EC", "a.example.net").into(folder.resolve("own"));
        service.change(
                "anna",
                "a certificate",
                document -> ProxyDocument.builder()
                        .addTlsPolicies(TlsPolicy.of("own", files))
                        .addRoutes(HttpRoute.builder("a", to())
                                .addDomains("a.example.net")
                                .tlsPolicy("own")
                                .build())
                        .build());
        clock.advance(Duration.ofDays(16));
        look();
        awaitExpiring(1);
        clock.advance(Duration.ofDays(1));
        look();
        service.close();
        open();
        look();
        clock.advance(Duration.ofDays(6));
        look();
        awaitExpiring(2);
        clock.advance(Duration.ofDays(7));
        look();
        awaitExpiring(3);
        look();

        assertThat(expiring()).hasSize(3).allSatisfy(told -> {
            assertThat(told.file()).hasToString(files.certificate());
            assertThat(told.names()).containsExactly("a.example.net");
        });
        assertThat(authority.asked()).allMatch(name -> name.startsWith("look"));
    }

    @Test
    void asksNobodyBeforeItIsStarted() {
        service.close();
        service = builder().build();
        put("a");
        service.close();

        assertThat(authority.asked()).isEmpty();
    }

    private void open() {
        service = builder().build();
        service.addListener(events::add);
        service.start();
    }

    private ProxyServiceBuilder builder() {
        return ProxyService.builder(FileRouteStore.open(folder.resolve("state")), new FileEngine(folder))
                .certificates(authority)
                .clock(clock);
    }

    private void put(String id) {
        assertThat(service.routes("anna").put(route(id, Exposure.PUBLIC)).applied())
                .isTrue();
    }

    /** Has everything looked at, and waits for that: what comes last in order is there then. */
    private void look() {
        var id = "look" + looks++;
        put(id);
        awaitThere(id + ".example.net");
    }

    private CertificateState state(String domain) {
        return service.certificates().stream()
                .filter(state -> state.domain().equals(domain))
                .findFirst()
                .orElseGet(() -> new CertificateState(domain, Optional.empty(), "", Optional.empty()));
    }

    private void awaitThere(String domain) {
        await().atMost(LIMIT).until(() -> state(domain).expires().isPresent());
    }

    private void awaitAsked(int count) {
        await().atMost(LIMIT).until(() -> authority.asked().size() == count);
    }

    private void awaitExpiring(int count) {
        await().atMost(LIMIT).until(() -> expiring().size() == count);
    }

    private List<ProxyEvent.CertificateExpiring> expiring() {
        return told(ProxyEvent.CertificateExpiring.class).stream()
                .filter(told -> told.file().startsWith(folder.resolve("own")))
                .toList();
    }

    private <T extends ProxyEvent> List<T> told(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void say(String word) throws IOException {
        Files.createFile(folder.resolve(word));
    }

    private void unsay(String word) throws IOException {
        Files.delete(folder.resolve(word));
    }

    private static HttpRoute route(String id, Exposure exposure) {
        return HttpRoute.builder(id, to())
                .addDomains(id + ".example.net")
                .exposure(exposure)
                .build();
    }

    private static ProxyTo to() {
        return ProxyTo.of(Upstream.http("10.20.0.5", 8080));
    }
}
