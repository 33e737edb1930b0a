package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.FileRouteStore;
import dev.rookery.proxy.store.StageState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that count only if Cloudflare takes them, too. */
class CloudflareStrictTest {

    @TempDir
    Path folder;

    private FakeCloudflare cloudflare;
    private ProxyService service;
    private final AtomicBoolean ours = new AtomicBoolean(true);

    @BeforeEach
    void start() throws IOException {
        cloudflare = new FakeCloudflare();
        cloudflare.zone("example.net");
        service = service();
    }

    @AfterEach
    void stop() {
        service.close();
        cloudflare.close();
    }

    @Test
    void aChangeIsBackOnlyWhenCloudflareHasIt() {
        assertThat(service.change("anna", "a name", present -> tunnel("a.example.net"))
                        .applied())
                .isTrue();
        assertThat(cloudflare.record("a.example.net")).isPresent();
    }

    @Test
    void whatCloudflareRefusesIsTakenBackEverywhere() {
        service.change("anna", "a name", present -> tunnel("a.example.net"));
        // Rules are taken, records are not.
        cloudflare.deny("dns_records/batch");
        var report = service.change("anna", "another name", present -> tunnel("b.example.net"));

        assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(report.said()).contains("DNS");
        assertThat(report.saved().number()).isEqualTo(2);
        assertThat(report.undone().orElseThrow().number()).isEqualTo(3);
        assertThat(engine().routes()).contains("a.example.net").doesNotContain("b.example.net");
        assertThat(service.head().document())
                .isEqualTo(service.find(1).orElseThrow().document());
        cloudflare.deny(" ");
        service.sync();
        assertThat(cloudflare.records().values()).extracting(DnsRecord::name).containsExactly("a.example.net");
        assertThat(service.change("anna", "once more", present -> tunnel("b.example.net"))
                        .applied())
                .isTrue();
        assertThat(cloudflare.record("b.example.net")).isPresent();
    }

    /** Here another program has saved by the time at which Cloudflare refuses. */
    @Test
    void aRefusedChangeThatWasOvertakenIsNotSaidToBeThere() {
        service.change("anna", "a name", present -> tunnel("a.example.net"));
        cloudflare.deny("dns_records/batch");
        var others = new AtomicBoolean(true);
        cloudflare.before(call -> {
            if (call.endsWith("dns_records/batch") && others.getAndSet(false)) {
                overtake();
            }
        });
        var report = service.change("anna", "another name", present -> tunnel("b.example.net"));

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.said()).contains("the cloud refuses main").contains("DNS");
        assertThat(service.head().note().author())
                .as("whoever saved since is judged for it")
                .isEqualTo("bob");
    }

    private void overtake() {
        try (var store = FileRouteStore.open(folder.resolve("state"))) {
            var note = new ChangeNote("bob", "a third name", Instant.now());
            store.commit(store.head().etag(), tunnel("a.example.net", "c.example.net"), note);
        }
    }

    @Test
    void aTokenThatDoesNotDoTakesTheChangeBackAndNoMoreThanThat() {
        service.change("anna", "a name", present -> tunnel("a.example.net"));
        cloudflare.token("another");
        assertThat(service.change("anna", "another name", present -> tunnel("b.example.net"))
                        .outcome())
                .isEqualTo(Outcome.ROLLED_BACK);
        assertThat(service.head().number()).isEqualTo(3);

        service.apply();
        service.sync();
        assertThat(service.head().number())
                .as("there is nothing more to go back to")
                .isEqualTo(3);
        assertThat(engine().routes()).contains("a.example.net");
    }

    @Test
    void anOutageTakesNothingBack() {
        service.change("anna", "a name", present -> tunnel("a.example.net"));
        cloudflare.faults(call -> FakeFault.FAILED);
        var report = service.change("anna", "another name", present -> tunnel("b.example.net"));

        assertThat(report.applied()).isTrue();
        assertThat(engine().routes()).contains("b.example.net");
        cloudflare.calm();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.state().cloud().orElseThrow().outcome() == StageState.Outcome.DONE);
        assertThat(cloudflare.record("b.example.net")).isPresent();
    }

    @Test
    void whatWasAwayAndThenRefusesTakesBackByItselfAlsoInTheNextProgram() {
        service.change("anna", "a name", present -> tunnel("a.example.net"));
        cloudflare.faults(call -> FakeFault.FAILED);
        service.change("anna", "another name", present -> tunnel("b.example.net"));
        service.close();
        cloudflare.calm();
        cloudflare.deny("dns_records/batch");
        service = service();
        service.start();

        await().atMost(Duration.ofSeconds(30)).until(() -> service.head().number() == 3);
        await().atMost(Duration.ofSeconds(30)).until(() -> engine().routes().contains("a.example.net"));
        assertThat(service.head().document())
                .isEqualTo(service.find(1).orElseThrow().document());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.state().cloud().orElseThrow().revision() == 3);
        assertThat(cloudflare.records().values()).extracting(DnsRecord::name).containsExactly("a.example.net");
    }

    @Test
    void aNameThatSomebodyElseHasIsNoReason() {
        service.change("anna", "a name", present -> tunnel("a.example.net"));
        cloudflare.foreign("example.net", "A", "b.example.net", "192.0.2.1");

        assertThat(service.change("anna", "another name", present -> tunnel("b.example.net"))
                        .applied())
                .isTrue();
    }

    @Test
    void theFirstChangeStaysForThereIsNothingToGoBackTo() {
        cloudflare.token("another");
        assertThat(service.change("anna", "a name", present -> tunnel("a.example.net"))
                        .applied())
                .isTrue();
        assertThat(service.head().number()).isEqualTo(1);
    }

    /** Here a name is somebody else's by now. */
    @Test
    void whatCannotComeBackIsSaidAndNotTriedForEver() {
        service.change("anna", "a name", present -> tunnel("a.example.net"));
        cloudflare.deny("dns_records/batch");
        ours.set(false);
        var report = service.change("anna", "another name", present -> tunnel("b.example.net"));
        ours.set(true);

        assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(report.said()).contains("DNS", "and back again", "a.example.net");
        assertThat(report.saved()).isEqualTo(service.head().header());
        service.sync();
        service.apply();
        assertThat(service.head().number()).as("as it was said").isEqualTo(2);
    }

    private ProxyService service() {
        return ProxyService.builder(FileRouteStore.open(folder.resolve("state")), engine())
                .cloud(new CloudflareSync(CloudflareOutbox.builder(folder.resolve("outbox"), "test")
                        .secrets(secret -> FakeCloudflare.TOKEN)
                        .api(token ->
                                cloudflare.api().retryBudget(Duration.ZERO).build())
                        .build()))
                .cloudMustSucceed(true)
                .owners((owner, name) ->
                        ours.get() || name.startsWith("b.") ? Optional.empty() : Optional.of("somebody else's"))
                .build();
    }

    private FileEngine engine() {
        return new FileEngine(folder);
    }

    private static ProxyDocument tunnel(String... hosts) {
        return new Wanted()
                .with(Wanted.binding("main").deleteGrace(Duration.ZERO).build())
                .listener(8080)
                .tunnel(hosts)
                .document();
    }
}
