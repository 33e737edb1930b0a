package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rookery.api.NotFoundException;
import dev.rookery.kit.Correlation;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.FileCloud;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.route.Upstream;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a change, with an engine and a cloud of files. */
@SuppressWarnings("NullAway.Init") // JUnit opens the service before each test
class ProxyServiceTest {

    @TempDir
    Path folder;

    private final List<ProxyEvent> events = new CopyOnWriteArrayList<>();
    private FileEngine engine;
    private FileCloud cloud;
    private ProxyService service;
    private ProxyRoutes routes;

    @BeforeEach
    void open() {
        engine = new FileEngine(folder);
        cloud = new FileCloud(folder);
        service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine)
                .cloud(cloud)
                .build();
        service.addListener(events::add);
        routes = service.routes("anna@example.net");
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aRouteIsSavedAppliedAndProven() {
        var report = routes.put(route("lobby"));

        assertThat(report.applied()).isTrue();
        assertThat(report.saved().number()).isEqualTo(1);
        assertThat(report.saved().note().author()).isEqualTo("anna@example.net");
        assertThat(routes.list()).containsExactly(route("lobby"));
        assertThat(routes.get("lobby")).isEqualTo(route("lobby"));
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
        assertThat(folder.resolve("boot")).hasSameTextualContentAs(folder.resolve("config"));
        assertThat(service.state().applied()).isTrue();
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .startsWith("Planned", "Saved", "Tried");
    }

    @Test
    void aRouteIsReplacedAndRemoved() {
        routes.put(route("lobby"));
        routes.put(route("other"));
        var changed = HttpRoute.builder("lobby", route("lobby").action())
                .addDomains("foyer.example.net")
                .build();
        routes.put(changed);
        assertThat(routes.list()).containsExactly(changed, route("other"));

        assertThat(routes.remove("lobby").applied()).isTrue();
        assertThat(routes.list()).containsExactly(route("other"));
        assertThat(routes.find("lobby")).isEmpty();
        assertThat(engine.routes()).isEqualTo("other [other.example.net]");
        assertThatThrownBy(() -> routes.remove("lobby")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> routes.get("lobby")).isInstanceOf(NotFoundException.class);
        assertThat(service.head().number()).isEqualTo(4);
    }

    /** Here a folder stands where the engine's state is kept: a full or broken disk would do the same. */
    @Test
    void whatIsSavedIsNotReportedAsRefused() throws Exception {
        routes.put(route("lobby"));
        var state = folder.resolve("state/stage/" + engine.name() + ".json");
        Files.delete(state);
        Files.createDirectories(state.resolve("bad"));

        var report = routes.put(route("other"));

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.saved()).isEqualTo(service.head().header());
        assertThat(routes.list()).contains(route("other"));
        var caughtUp = new CountDownLatch(1);
        service.addListener(event -> {
            if (event instanceof ProxyEvent.Tried tried && tried.report().applied()) {
                caughtUp.countDown();
            }
        });
        Files.delete(state.resolve("bad"));
        Files.delete(state);
        assertThat(caughtUp.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.routes()).contains("other");
    }

    @Test
    void whatOurChecksRefuseIsNotSaved() {
        var bad =
                HttpRoute.builder("bad", ProxyTo.of()).addDomains("bad domain").build();

        assertThatThrownBy(() -> routes.put(bad))
                .asInstanceOf(type(RefusedChangeException.class))
                .satisfies(refused -> assertThat(refused.findings())
                        .extracting(Finding::code)
                        .contains("DOMAIN_SYNTAX", "UPSTREAM_COUNT"));
        assertThat(service.head().number()).isZero();
        assertThat(engine.applied).hasValue(0);
    }

    @Test
    void whatTheEngineIsNotMadeForIsRefused() {
        var l4 = L4Route.builder("game")
                .addListen(L4Listen.tcp(25_565))
                .addUpstreams(L4Upstream.of("10.20.0.5", 25_565))
                .build();

        assertThatThrownBy(() -> routes.put(l4)).hasMessageContaining("layer4");
        assertThat(routes.listL4()).isEmpty();
        assertThat(routes.findL4("game")).isEmpty();
    }

    @Test
    void whatTheEnginesProgramRefusesIsNotSaved() {
        routes.put(route("lobby"));

        assertThatThrownBy(() -> routes.put(route("invalid"))).isInstanceOf(RefusedChangeException.class);
        assertThat(service.head().number()).isEqualTo(1);
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
    }

    @Test
    void whatCannotBeProvenIsUndoneAndOthersGoOn() {
        routes.put(route("lobby"));
        for (var bad : new String[] {"refused", "zombie", "silent"}) {
            var report = routes.put(route(bad));

            assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
            assertThat(report.said()).isNotEmpty();
            assertThat(report.undone())
                    .map(RevisionHeader::number)
                    .contains(report.saved().number() + 1);
            assertThat(routes.list()).containsExactly(route("lobby"));
            assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
            assertThat(service.find(report.saved().number())
                            .orElseThrow()
                            .document()
                            .routes())
                    .as("what was wanted stays in the history")
                    .hasSize(2);
            assertThat(service.state().engine().outcome()).isEqualTo(StageState.Outcome.ROLLED_BACK);
            assertThat(service.state().applied())
                    .as("the engine runs what is saved again")
                    .isTrue();
        }
        assertThat(routes.put(route("other")).applied()).isTrue();
        assertThat(service.state().applied()).isTrue();
    }

    @Test
    void whatCannotBeProvenAtFirstLeavesTheEngineAsItWas() {
        engine.changeByHand("somebody else's");

        var report = routes.put(route("silent"));

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.undone()).isEmpty();
        assertThat(engine.running().guard()).isEqualTo("somebody else's");
        assertThat(service.head().number()).isEqualTo(1);
    }

    @Test
    void anEngineThatIsAwayDoesNotHoldUpSaving() throws Exception {
        Files.createFile(folder.resolve("down"));
        var report = routes.put(route("lobby"));

        assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
        assertThat(routes.list()).hasSize(1);
        assertThat(service.state().applied()).isFalse();
        assertThat(service.state().engine().tried()).isEqualTo(1);

        Files.delete(folder.resolve("down"));
        assertThat(service.apply().applied()).isTrue();
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
    }

    @Test
    void anEngineThatComesBackGetsWhatIsSavedByItself() throws Exception {
        Files.createFile(folder.resolve("down"));
        var tried = new CountDownLatch(1);
        routes.put(route("lobby"));
        service.addListener(event -> {
            if (event instanceof ProxyEvent.Tried one && one.report().applied()) {
                tried.countDown();
            }
        });

        Files.delete(folder.resolve("down"));

        assertThat(tried.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
    }

    @Test
    void anEngineThatDoesNotComeBackIsNotKnown() throws Exception {
        routes.put(route("lobby"));
        Files.createFile(folder.resolve("stuck"));

        var report = routes.put(route("silent"));

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.said()).contains("none", "does not answer");
        Files.delete(folder.resolve("stuck"));
        // The background may have been there first.
        assertThat(service.apply().outcome()).isIn(Outcome.ROLLED_BACK, Outcome.APPLIED);
        assertThat(routes.list()).containsExactly(route("lobby"));
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
    }

    /** The first was told that it is applied when the engine is back. */
    @Test
    void whatWaitsForTheEngineIsNotUndoneWithWhatFailsLater() throws Exception {
        routes.put(route("lobby"));
        routes.put(route("gone"));
        Files.createFile(folder.resolve("down"));
        assertThat(routes.put(route("waiting")).outcome()).isEqualTo(Outcome.WAITING);
        assertThat(routes.remove("gone").outcome()).isEqualTo(Outcome.WAITING);
        Files.delete(folder.resolve("down"));

        var report = routes.put(route("refused"));

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(routes.list()).containsExactly(route("lobby"), route("waiting"));
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]\nwaiting [waiting.example.net]");
        assertThat(service.state().applied()).isTrue();
    }

    @Test
    void whatWaitsForTheEngineIsUndoneIfItFailsItself() throws Exception {
        routes.put(route("lobby"));
        Files.createFile(folder.resolve("down"));
        routes.put(route("first"));
        routes.put(route("refused"));
        Files.delete(folder.resolve("down"));

        service.apply();

        assertThat(routes.list()).containsExactly(route("lobby"), route("first"));
        assertThat(engine.routes()).isEqualTo("first [first.example.net]\nlobby [lobby.example.net]");
    }

    /** Such as a route that was disabled while a certificate is missing: an engine gets that when the certificate is there, or not needed any more. */
    @Test
    void whatCannotBeAppliedYetIsNotUndoneWithWhatFailsLater() {
        routes.put(route("lobby"));
        var off = ProxyDocument.builder()
                .addTlsPolicies(TlsPolicy.of("own", new Issuer.Files("/nonexistent/a.pem", "/nonexistent/a.key")))
                .addRoutes(HttpRoute.builder("lobby", route("lobby").action())
                        .from(route("lobby"))
                        .enabled(false)
                        .build())
                .addRoutes(HttpRoute.builder("secure", route("secure").action())
                        .from(route("secure"))
                        .tlsPolicy("own")
                        .build())
                .build();
        try (var store = FileRouteStore.open(folder.resolve("state"))) {
            store.commit(service.head().etag(), off, new ChangeNote("bert", "off", Instant.EPOCH));
        }

        var report = service.change(
                "anna",
                "without the certificate",
                document -> ProxyDocument.builder()
                        .from(document)
                        .routes(List.of(route("refused")))
                        .build());

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(service.head().document()).isEqualTo(off);
        assertThat(service.state().engine().revision()).isEqualTo(1);
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
        assertThat(service.apply().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(service.change(
                                "anna",
                                "without the certificate",
                                document -> ProxyDocument.builder()
                                        .from(document)
                                        .routes(List.of(route("other")))
                                        .build())
                        .applied())
                .isTrue();
        assertThat(engine.routes()).isEqualTo("other [other.example.net]");
    }

    @Test
    void anEngineThatLostWhatItRanGetsThatBackAlsoWhenAChangeFails() throws IOException {
        routes.put(route("lobby"));
        for (var found : List.of("", "somebody else's")) {
            engine.changeByHand(found);
            if (found.isEmpty()) {
                Files.delete(folder.resolve("config"));
            }

            assertThat(routes.put(route("silent")).outcome()).isEqualTo(Outcome.ROLLED_BACK);

            assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
            assertThat(service.state().applied()).isTrue();
        }
    }

    @Test
    void whatEndsTheEngineIsNotGivenToItAgain() throws IOException {
        routes.put(route("lobby"));

        var report = routes.put(route("deadly"));

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.undone()).isPresent();
        assertThat(routes.list()).containsExactly(route("lobby"));
        Files.delete(folder.resolve("down"));
        assertThat(service.apply().applied()).isTrue();
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
    }

    @Test
    void whoeverIsInterruptedDoesNotLeaveAChangeInTheMiddle() {
        var caller = Thread.currentThread();
        engine.meanwhile = caller::interrupt;

        var report = routes.put(route("lobby"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.applied()).isTrue();
        assertThat(service.state().applied()).isTrue();
    }

    @Test
    void whatTheEngineDoesNotSeeIsNotReloaded() {
        routes.put(route("lobby"));
        var named = HttpRoute.builder("lobby", route("lobby").action())
                .from(route("lobby"))
                .name("The lobby")
                .build();

        var report = routes.put(named);

        assertThat(report.applied()).isTrue();
        assertThat(engine.applied).hasValue(1);
        assertThat(service.state().engine().revision()).isEqualTo(2);
        assertThat(service.state().engine().marker()).isEqualTo(1);
        assertThat(service.apply().applied()).isTrue();
        assertThat(engine.applied).hasValue(1);
    }

    @Test
    void theSameOnceMoreIsNoRevision() {
        routes.put(route("lobby"));

        assertThat(routes.put(route("lobby")).saved().number()).isEqualTo(1);
        assertThat(service.head().number()).isEqualTo(1);
    }

    @Test
    void whatSomebodyElseChangedIsSaidAndReplaced() {
        routes.put(route("lobby"));
        engine.changeByHand("foreign");

        assertThat(service.apply().applied()).isTrue();

        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
        assertThat(events)
                .filteredOn(ProxyEvent.DriftFound.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    var drift = (ProxyEvent.DriftFound) event;
                    assertThat(drift.found().guard()).isEqualTo("foreign");
                    assertThat(drift.expected().revision()).isEqualTo(1);
                });
    }

    @Test
    void whatSomebodyElseChangesAtTheSameTimeIsLookedAtAgain() {
        routes.put(route("lobby"));
        engine.meanwhile = () -> {
            engine.meanwhile = () -> {};
            engine.changeByHand("foreign");
        };

        assertThat(routes.put(route("other")).applied()).isTrue();
        assertThat(engine.routes()).contains("lobby", "other");
        assertThat(events).hasAtLeastOneElementOfType(ProxyEvent.DriftFound.class);
    }

    @Test
    void whoeverChangesTheEngineAllTheTimeIsNotFoughtWith() {
        routes.put(route("lobby"));
        engine.meanwhile =
                () -> engine.changeByHand("foreign " + engine.running().guard());

        assertThat(routes.put(route("other")).outcome()).isEqualTo(Outcome.WAITING);
    }

    @Test
    void aDocumentThatWasChangedMeanwhileIsNotReplaced() {
        var seen = service.head();
        routes.put(route("lobby"));

        assertThatThrownBy(() -> service.replace(seen.etag(), "bert", "mine", ProxyDocument.EMPTY))
                .asInstanceOf(type(StoreException.class))
                .extracting(StoreException::problem)
                .isEqualTo(StoreException.Problem.STALE);
        assertThat(routes.list()).hasSize(1);
        assertThat(service.replace(service.head().etag(), "bert", "mine", ProxyDocument.EMPTY)
                        .applied())
                .isTrue();
        assertThat(routes.list()).isEmpty();
    }

    @Test
    void anEarlierDocumentComesBackAsANewRevision() {
        routes.put(route("lobby"));
        routes.put(route("other"));

        assertThat(service.rollBack(1, "bert").applied()).isTrue();

        assertThat(routes.list()).containsExactly(route("lobby"));
        assertThat(service.history(OptionalLong.empty(), 10))
                .extracting(RevisionHeader::number)
                .containsExactly(3L, 2L, 1L);
        assertThat(service.history(OptionalLong.of(3), 1))
                .extracting(RevisionHeader::number)
                .containsExactly(2L);
        assertThatThrownBy(() -> service.rollBack(9, "bert")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aPlanChangesNothing() {
        routes.put(route("lobby"));
        var edit = ProxyDocument.builder().addRoutes(route("invalid")).build();

        var plan = service.plan(present -> edit);

        assertThat(plan.possible()).isFalse();
        assertThat(plan.base().number()).isEqualTo(1);
        assertThat(plan.differences()).hasSize(2);
        assertThat(plan.running()).isPresent();
        assertThat(plan.candidate()).isPresent();
        assertThat(plan.cloud()).isEmpty();
        assertThat(service.plan(present -> ProxyDocument.EMPTY).cloud()).isPresent();
        assertThat(service.head().number()).isEqualTo(1);
        assertThat(engine.routes()).isEqualTo("lobby [lobby.example.net]");
    }

    @Test
    void theCloudIsToldWhatTheEngineRuns() {
        assertThat(service.sync()).as("nothing was proven yet").isEmpty();
        routes.put(route("lobby"));
        routes.put(route("silent"));

        service.sync();

        assertThat(cloud.told()).isEqualTo("lobby");
        assertThat(service.state().cloud()).map(StageState::revision).contains(3L);
    }

    @Test
    void aCloudThatIsAwayChangesOnlyItsOwnState() throws IOException {
        Files.createFile(folder.resolve("cloud-away"));
        assertThat(routes.put(route("lobby")).applied()).isTrue();
        service.sync();

        var state = service.state();
        assertThat(state.applied()).isTrue();
        assertThat(state.cloud()).map(StageState::outcome).contains(StageState.Outcome.WAITING);
        assertThat(state.cloud()).map(StageState::revision).contains(0L);
        assertThat(state.cloud()).map(StageState::tried).contains(1L);
    }

    @Test
    void eventsSayWhichClickTheyCameFromAndListenersCannotDisturb() {
        service.addListener(event -> {
            throw new IllegalStateException("a listener of a test");
        });
        var heard = new CopyOnWriteArrayList<String>();
        service.addListener(event -> heard.add(event.correlation()));
        var scope = Correlation.open("click-1");
        try {
            assertThat(routes.put(route("lobby")).applied()).isTrue();
        } finally {
            scope.close();
        }
        assertThat(heard).isNotEmpty().contains("click-1");
    }

    @Test
    void ofManyChangesAtTheSameTimeNoneIsLost() throws Exception {
        int writers = 8;
        var threads = Executors.newFixedThreadPool(writers);
        try {
            var reports = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < writers; i++) {
                var id = "r" + i;
                reports.add(threads.submit(() -> routes.put(route(id)).applied()));
            }
            for (var report : reports) {
                assertThat(report.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(routes.list()).hasSize(writers);
        assertThat(engine.routes().lines()).hasSize(writers);
        assertThat(service.state().applied()).isTrue();
    }

    @Test
    void revisionsAreCopiedToTheArchiveOnce() throws Exception {
        var copies = new CopyOnWriteArrayList<String>();
        var three = new CountDownLatch(3);
        var archived = ProxyService.builder(FileRouteStore.open(folder.resolve("archived")), engine)
                .archive((name, bytes) -> {
                    copies.add(name + " " + Revision.fromBytes(bytes).number());
                    three.countDown();
                })
                .build();
        try {
            for (var id : new String[] {"one", "two", "three"}) {
                archived.routes("anna").put(route(id));
            }
            assertThat(three.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            archived.close();
        }
        assertThat(copies).containsExactly("00000001.jsonl 1", "00000002.jsonl 2", "00000003.jsonl 3");
    }

    @Test
    void aStoreInWhichNothingWasSavedLeavesTheEngineAlone() {
        engine.changeByHand("somebody else's");

        assertThat(service.apply().outcome()).isEqualTo(Outcome.UNTOUCHED);
        assertThat(service.change("anna", "nothing", document -> document).outcome())
                .isEqualTo(Outcome.UNTOUCHED);
        assertThat(engine.running().guard()).isEqualTo("somebody else's");
        assertThat(service.state().applied()).isFalse();
    }

    @Test
    void closingTwiceHasNoEffect() {
        service.close();
        service.close();
        assertThat(routes.put(route("lobby")).applied())
                .as("only the background is gone")
                .isTrue();
    }

    private static HttpRoute route(String id) {
        return HttpRoute.builder(id, ProxyTo.of(Upstream.http("10.20.0.5", 8080)))
                .addDomains(id + ".example.net")
                .build();
    }
}
