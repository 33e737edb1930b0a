package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.StageState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a change, with an engine of files and the fake Cloudflare. */
class CloudflareServiceTest {

    @TempDir
    Path folder;

    private final List<ProxyEvent> events = new CopyOnWriteArrayList<>();
    private FakeCloudflare cloudflare;

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.zone("example.net");
    }

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    @Test
    void aNameIsLedHereOnlyOnceTheEngineRunsIt() {
        var seen = new CopyOnWriteArrayList<String>();
        try (var service = service("outbox")) {
            cloudflare.before(call -> {
                if (!call.startsWith("GET")) {
                    seen.add(engine().routes());
                }
            });
            assertThat(change(service, tunnel("app.example.net"))).isTrue();
            until(() -> cloud(service) == StageState.Outcome.DONE);
        }
        assertThat(seen).isNotEmpty().allSatisfy(routes -> assertThat(routes).contains("app.example.net"));
        assertThat(cloudflare.writes())
                .extracting(call -> call.replaceAll(".*(configurations|batch|cfd_tunnel)$", "$1"))
                .containsExactly("cfd_tunnel", "configurations", "batch");
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsSubsequence("Planned", "Saved", "Tried", "CloudTold");
    }

    @Test
    void anOutageChangesOnlyTheCloudsStateAndIsMadeUpForByItself() {
        cloudflare.faults(call -> FakeFault.FAILED);
        try (var service = service("outbox")) {
            assertThat(change(service, tunnel("app.example.net"))).isTrue();
            until(() -> cloud(service) == StageState.Outcome.WAITING);

            assertThat(service.state().applied()).isTrue();
            assertThat(service.state().saved().number()).isEqualTo(1);
            assertThat(service.state().cloud().orElseThrow().revision()).isZero();
            assertThat(service.state().cloud().orElseThrow().said()).contains("502");
            assertThat(told()).contains(CloudReport.State.WAITING);
            cloudflare.calm();
            until(() -> cloud(service) == StageState.Outcome.DONE);
            assertThat(service.state().cloud().orElseThrow().revision()).isEqualTo(1);
        }
        assertThat(told()).endsWith(CloudReport.State.DONE);
        assertThat(cloudflare.record("app.example.net")).isPresent();
    }

    @Test
    void whoeverRepeatsAWishDuringAnOutageDoesNotHaveCloudflareAskedMore() {
        cloudflare.faults(call -> FakeFault.FAILED);
        try (var service = service("outbox")) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.WAITING);
            cloudflare.calls();
            for (int i = 0; i < 5; i++) {
                service.apply();
            }
            // Behind what these had done in the background, and on the same thread.
            change(service, tunnel("other.example.net"));
            until(() -> service.state().cloud().orElseThrow().tried() == 2);
            assertThat(cloudflare.calls())
                    .as("it was not time yet, but for another wish")
                    .hasSize(1);
        }
    }

    @Test
    void whatSomebodyHadToDoFirstIsTriedAgainOnRequest() {
        cloudflare.deny("cfd_tunnel");
        try (var service = service("outbox")) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.FAILED);
            assertThat(service.state().cloud().orElseThrow().said()).contains("Cloudflare Tunnel");

            cloudflare.deny(" ");
            assertThat(service.sync().orElseThrow().state()).isEqualTo(CloudReport.State.DONE);
        }
        assertThat(cloudflare.record("app.example.net")).isPresent();
    }

    @Test
    void whatOthersHaveChangedIsToldByItselfAndChangedBackOnRequest() {
        try (var service = service("outbox")) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.DONE);
            cloudflare.zone("example.net").records().clear();

            until(() -> told().contains(CloudReport.State.DRIFTED));
            assertThat(cloudflare.records()).isEmpty();
            assertThat(service.state().cloud().orElseThrow().said()).contains("CREATE app.example.net");
            assertThat(service.sync().orElseThrow().state()).isEqualTo(CloudReport.State.DONE);
        }
        assertThat(cloudflare.record("app.example.net")).isPresent();
    }

    @Test
    void aProgramThatStartsTellsWhatTheOneBeforeCouldNot() {
        cloudflare.faults(call -> FakeFault.UNHEARD);
        try (var service = service("outbox")) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.WAITING);
        }
        cloudflare.calm();
        try (var next = service("outbox")) {
            next.start();
            until(() -> cloud(next) == StageState.Outcome.DONE);
        }
        assertThat(cloudflare.record("app.example.net")).isPresent();
    }

    @Test
    void aNameThatMovesPastTheProxyIsServedUntilTheCloudLeadsItElsewhere() {
        try (var service = service("outbox")) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.DONE);
            cloudflare.faults(call -> FakeFault.FAILED);
            assertThat(change(
                            service,
                            Wanted.main()
                                    .listener(8080)
                                    .direct("203.0.113.9", "app.example.net")
                                    .document()))
                    .isTrue();
            until(() -> cloud(service) == StageState.Outcome.WAITING);

            assertThat(service.state().applied()).isTrue();
            assertThat(engine().routes()).as("the record still leads here").contains("app.example.net");
            cloudflare.calm();
            until(() -> engine().routes().isEmpty());
            assertThat(cloudflare.record("app.example.net").orElseThrow().content())
                    .isEqualTo("203.0.113.9");
        }
    }

    @Test
    void aNameThatMovesPastTheProxyLeavesItAlsoAfterAnotherChangeWasRefused() {
        try (var service = service("outbox")) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.DONE);
            cloudflare.faults(call -> FakeFault.FAILED);
            var moved = Wanted.main()
                    .listener(8080)
                    .direct("203.0.113.9", "app.example.net")
                    .document();
            assertThat(change(service, moved)).isTrue();
            assertThat(change(service, tunnel("refused.example.net"))).isFalse();
            assertThat(engine().routes()).as("back at what ran before").contains("app.example.net");

            cloudflare.calm();
            until(() -> engine().routes().isEmpty());
            assertThat(service.head().document()).isEqualTo(moved);
        }
    }

    @Test
    void aNameThatMovesPastTheProxyLeavesItAlsoWhenTheCloudIsToldOnRequest() {
        try (var service = service("outbox", Duration.ofHours(1))) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.DONE);
            cloudflare.deny("dns_records");
            var moved = Wanted.main()
                    .listener(8080)
                    .direct("203.0.113.9", "app.example.net")
                    .document();
            assertThat(change(service, moved)).isTrue();
            until(() -> cloud(service) == StageState.Outcome.FAILED);
            assertThat(engine().routes()).contains("app.example.net");

            cloudflare.deny(" ");
            assertThat(service.sync().orElseThrow().state()).isEqualTo(CloudReport.State.DONE);
            until(() -> engine().routes().isEmpty());
        }
    }

    @Test
    void whatIsRemovedSwitchedOffOrMadePrivateEndsAtOnceWhateverTheCloudSays() {
        try (var service = service("outbox")) {
            change(
                    service,
                    Wanted.main()
                            .listener(8080)
                            .tunnel("a.example.net", "b.example.net", "c.example.net")
                            .document());
            until(() -> cloud(service) == StageState.Outcome.DONE);
            cloudflare.faults(call -> FakeFault.FAILED);
            assertThat(change(
                            service,
                            present -> ProxyDocument.builder()
                                    .from(present)
                                    .routes(present.routes().stream()
                                            .filter(route -> !route.domains().contains("a.example.net"))
                                            .map(CloudflareServiceTest::closed)
                                            .toList())
                                    .build()))
                    .isTrue();

            assertThat(engine().routes()).contains("c.example.net").doesNotContain("a.example.net", "b.example.net");
            assertThat(service.head().document().routes())
                    .filteredOn(route -> route.domains().contains("c.example.net"))
                    .extracting(HttpRoute::exposure)
                    .containsExactly(Exposure.LAN);
            assertThat(cloudflare.records()).hasSize(3);
        }
    }

    private static HttpRoute closed(HttpRoute route) {
        var builder = HttpRoute.builder(route.id(), route.action()).from(route);
        return route.domains().contains("b.example.net")
                ? builder.enabled(false).build()
                : builder.exposure(Exposure.LAN).build();
    }

    @Test
    void twoPanelsOfOneStoreWriteNothingTwice() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try (var one = service("outbox");
                var other = service("outbox-of-another-machine")) {
            one.start();
            other.start();
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                var service = i % 2 == 0 ? one : other;
                var host = "h" + i + ".example.net";
                work.add(threads.submit(() -> change(service, adding(host))));
            }
            for (var done : work) {
                done.get();
            }
            until(() ->
                    one.state().cloud().filter(state -> state.revision() == 8).isPresent());
            other.sync();
        } finally {
            threads.shutdownNow();
        }
        assertThat(cloudflare.zone("example.net").made()).hasSize(8).doesNotHaveDuplicates();
        assertThat(cloudflare.records()).hasSize(8);
        var writes = cloudflare.writes();
        assertThat(writes).filteredOn(call -> call.endsWith("cfd_tunnel")).hasSize(1);
        assertThat(writes)
                .filteredOn(call -> call.endsWith("configurations"))
                .hasSize((int) cloudflare.tunnelNamed("rookery-main").orElseThrow().version)
                .hasSizeLessThanOrEqualTo(8);
    }

    private ProxyService service(String outbox) {
        return service(outbox, Duration.ofSeconds(1));
    }

    private ProxyService service(String outbox, Duration driftEvery) {
        var service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine())
                .cloud(new CloudflareSync(CloudflareOutbox.builder(folder.resolve(outbox), "test")
                        .secrets(secret -> FakeCloudflare.TOKEN)
                        .api(token ->
                                cloudflare.api().retryBudget(Duration.ZERO).build())
                        .driftEvery(driftEvery)
                        .build()))
                .build();
        service.addListener(events::add);
        return service;
    }

    private FileEngine engine() {
        return new FileEngine(folder);
    }

    private static ProxyDocument tunnel(String host) {
        return Wanted.main().listener(8080).tunnel(host).document();
    }

    private static boolean change(ProxyService service, ProxyDocument document) {
        return service.change("anna", "a test", present -> document).applied();
    }

    private static boolean change(ProxyService service, UnaryOperator<ProxyDocument> edit) {
        return service.change("anna", "a test", edit).applied();
    }

    private static UnaryOperator<ProxyDocument> adding(String host) {
        return present -> {
            var more = tunnel(host);
            return ProxyDocument.builder()
                    .from(present)
                    .settings(more.settings())
                    .cloudflare(more.cloudflare())
                    .addAllRoutes(more.routes())
                    .build();
        };
    }

    private static StageState.Outcome cloud(ProxyService service) {
        return service.state().cloud().map(StageState::outcome).orElse(StageState.Outcome.UNKNOWN);
    }

    private List<CloudReport.State> told() {
        return events.stream()
                .filter(ProxyEvent.CloudTold.class::isInstance)
                .map(event -> ((ProxyEvent.CloudTold) event).report().state())
                .toList();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
