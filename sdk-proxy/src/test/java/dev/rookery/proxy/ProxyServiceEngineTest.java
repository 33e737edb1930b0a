package dev.rookery.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.Issuer;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.TlsPolicy;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.StageState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of changes while the engine is away, refuses, fails, or is changed by others. */
class ProxyServiceEngineTest extends ServiceSetup {

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
    void aStoreInWhichNothingWasSavedLeavesTheEngineAlone() {
        engine.changeByHand("somebody else's");

        assertThat(service.apply().outcome()).isEqualTo(Outcome.UNTOUCHED);
        assertThat(service.change("anna", "nothing", document -> document).outcome())
                .isEqualTo(Outcome.UNTOUCHED);
        assertThat(engine.running().guard()).isEqualTo("somebody else's");
        assertThat(service.state().applied()).isFalse();
    }
}
