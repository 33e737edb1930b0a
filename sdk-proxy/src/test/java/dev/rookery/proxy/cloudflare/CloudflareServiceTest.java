package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.StageState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The whole way of a change, with an engine of files and the fake Cloudflare. */
class CloudflareServiceTest extends CloudflareServiceSetup {

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
}
