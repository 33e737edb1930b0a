package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.StageState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Names that leave the proxy: those that are to be led elsewhere are served until they are, all others end at once. */
class CloudflareLeavingTest extends CloudflareServiceSetup {

    private static final ProxyDocument MOVED = Wanted.main()
            .listener(8080)
            .direct("203.0.113.9", "app.example.net")
            .document();

    @Test
    void aNameThatMovesPastTheProxyIsServedUntilTheCloudLeadsItElsewhere() {
        try (var service = service("outbox")) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.DONE);
            cloudflare.faults(call -> FakeFault.FAILED);
            assertThat(change(service, MOVED)).isTrue();
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
            assertThat(change(service, MOVED)).isTrue();
            assertThat(change(service, tunnel("refused.example.net"))).isFalse();
            assertThat(engine().routes()).as("back at what ran before").contains("app.example.net");

            cloudflare.calm();
            until(() -> engine().routes().isEmpty());
            assertThat(service.head().document()).isEqualTo(MOVED);
        }
    }

    @Test
    void aNameThatMovesPastTheProxyLeavesItAlsoWhenTheCloudIsToldOnRequest() {
        try (var service = service("outbox", Duration.ofHours(1))) {
            change(service, tunnel("app.example.net"));
            until(() -> cloud(service) == StageState.Outcome.DONE);
            cloudflare.deny("dns_records");
            assertThat(change(service, MOVED)).isTrue();
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
                                            .map(CloudflareLeavingTest::closed)
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
}
