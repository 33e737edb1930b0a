package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.apply.CloudReport.Part;
import dev.rookery.proxy.apply.CloudReport.State;
import dev.rookery.proxy.route.ProxyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outbox as a step of the pipeline, as a thread, and shared by many. */
class CloudflareSyncTest {

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
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

    private CloudflareOutbox outbox() {
        return CloudflareOutbox.builder(folder, "test")
                .secrets(secret -> FakeCloudflare.TOKEN)
                .api(token -> cloudflare.api().retryBudget(Duration.ZERO).build())
                .clock(clock)
                .build();
    }

    @Test
    void asksNothingForADocumentWithoutBindings() {
        try (var sync = new CloudflareSync(outbox())) {
            assertThat(sync.plan(ProxyDocument.EMPTY, 1).state()).isEqualTo(State.SKIPPED);
            assertThat(sync.sync(ProxyDocument.EMPTY, 1).state()).isEqualTo(State.SKIPPED);
        }
        assertThat(cloudflare.calls()).isEmpty();
    }

    @Test
    void plansAndThenIsDone() {
        var document = Wanted.main().tunnel("a.example.net").document();
        try (var sync = new CloudflareSync(outbox())) {
            var plan = sync.plan(document, 1);
            assertThat(plan.state()).isEqualTo(State.PLANNED);
            assertThat(plan.parts()).extracting(Part::said).anyMatch(said -> said.startsWith("CREATE a.example.net"));

            var report = sync.sync(document, 1);
            assertThat(report.state()).isEqualTo(State.DONE);
            assertThat(report.nextAt())
                    .as("to look whether others change something")
                    .hasValueSatisfying(at -> assertThat(at)
                            .isAfter(clock.instant())
                            .isBeforeOrEqualTo(clock.instant().plus(Duration.ofMinutes(15))));
            assertThat(sync.plan(document, 1).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void saysWhenToComeBack() {
        var document = Wanted.main().tunnel("a.example.net").document();
        try (var sync = new CloudflareSync(outbox())) {
            cloudflare.faults(call -> FakeFault.FAILED);
            assertThat(sync.plan(document, 1).state()).isEqualTo(State.WAITING);
            var report = sync.sync(document, 1);
            assertThat(report.state()).isEqualTo(State.WAITING);
            cloudflare.calm();
            assertThat(report.nextAt()).isPresent();
            clock.advance(Duration.between(clock.instant(), report.nextAt().get()));
            assertThat(sync.sync(document, 1).state()).isEqualTo(State.DONE);

            var removing = sync.sync(Wanted.main().document(), 2);
            assertThat(removing.state()).isEqualTo(State.WAITING);
            clock.advance(Duration.ofHours(1));
            assertThat(sync.sync(Wanted.main().document(), 2).state()).isEqualTo(State.DONE);
        }
        assertThat(cloudflare.records()).isEmpty();
    }

    @Test
    void saysWhatIsInOthersHandsOrNeedsSomebody() {
        cloudflare.foreign("example.net", "A", "a.example.net", "192.0.2.1");
        var document = Wanted.main().tunnel("a.example.net").document();
        try (var sync = new CloudflareSync(outbox())) {
            assertThat(sync.plan(document, 1).state()).isEqualTo(State.PARTIAL);
            assertThat(sync.sync(document, 1).state()).isEqualTo(State.PARTIAL);
            cloudflare.token("another");
            assertThat(sync.plan(document, 2).state()).isEqualTo(State.PAUSED);
            assertThat(sync.sync(Wanted.main().tunnel("b.example.net").document(), 2)
                            .state())
                    .isEqualTo(State.PAUSED);
            assertThat(sync.sync(Wanted.main().tunnel("b.example.net").document(), 2)
                            .nextAt())
                    .as("to look whether there is another token")
                    .contains(clock.instant().plus(Duration.ofMinutes(1)));
        }
    }

    @Test
    void aWishThatIsRepeatedDuringAnOutageDoesNotShortenThePauses() {
        var document = Wanted.main().tunnel("a.example.net").document();
        try (var sync = new CloudflareSync(outbox())) {
            cloudflare.faults(call -> FakeFault.FAILED);
            for (int tries = 1; tries <= 4; tries++) {
                var report = sync.sync(document, tries);
                cloudflare.calls();
                sync.sync(document, tries);
                assertThat(cloudflare.calls()).as("try %s", tries).isEmpty();
                clock.advance(Duration.between(clock.instant(), report.nextAt().orElseThrow()));
            }
            assertThat(folder.resolve("main.json")).content().contains("\"attempts\" : 4");
        }
    }

    @Test
    void aThreadDoesWhatIsDue() {
        try (var outbox = outbox()) {
            outbox.start();
            outbox.start();
            outbox.want(1, Wanted.main().tunnel("a.example.net").document());

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> outbox.states().get(0).state() == CloudflareStatus.State.DONE);
            outbox.want(
                    2, Wanted.main().tunnel("a.example.net", "b.example.net").document());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> cloudflare.record("b.example.net").isPresent());
        }
    }

    @Test
    void manyWhoShareAFolderLoseNoWish() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try (var last = outbox()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 1; i <= 12; i++) {
                int revision = i;
                work.add(pool.submit(() -> {
                    try (var outbox = outbox()) {
                        outbox.want(
                                revision,
                                Wanted.main()
                                        .tunnel("h" + revision + ".example.net")
                                        .document());
                        outbox.runDue();
                    }
                }));
            }
            for (var one : work) {
                one.get();
            }
            assertThat(last.states().get(0).wantedRevision()).isEqualTo(12);
            last.sync("main", new SyncOptions(true, java.util.Set.of()));
        } finally {
            pool.shutdownNow();
        }
        assertThat(cloudflare.records().values()).extracting(DnsRecord::name).containsExactly("h12.example.net");
    }
}
