package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rookery.api.NotFoundException;
import dev.rookery.kit.Correlation;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.L4Listen;
import dev.rookery.proxy.route.L4Route;
import dev.rookery.proxy.route.L4Upstream;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxyTo;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The whole way of a change, with an engine and a cloud of files. */
class ProxyServiceTest extends ServiceSetup {

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
    void closingTwiceHasNoEffect() {
        service.close();
        service.close();
        assertThat(routes.put(route("lobby")).applied())
                .as("only the background is gone")
                .isTrue();
    }
}
