package dev.rookery.proxy.cloudflare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.internal.cloudflare.Answer;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.JavaProcess;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.StageState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that changes names is killed again and again, at any moment or at any call to Cloudflare: {@link ProxyService#start} of the next one brings the
 * engine and Cloudflare to what is saved.
 */
@Tag("faults")
class CloudflareCrashLoopTest {

    private static final int ROUNDS = 6;
    private static final int SOAK_ROUNDS = Integer.getInteger("rookery.rounds", 1_000);
    private static final int CALLS_MAX = 25;
    private static final int NANOS_MAX = 60_000_000;
    private static final String THEIRS = "theirs.example.net";

    @TempDir
    Path folder;

    @Test
    void theNextStartConvergesAfterEachKill() throws Exception {
        loop(ROUNDS);
    }

    @Tag("soak")
    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void theNextStartConvergesAfterAThousandKills() throws Exception {
        loop(SOAK_ROUNDS);
        System.out.println(
                "RESULT: " + SOAK_ROUNDS + " kills of a program that tells a Cloudflare of its names: all converged");
    }

    private void loop(int rounds) throws Exception {
        long seed = Long.getLong("rookery.seed", new Random().nextLong());
        System.out.println("seed " + seed + " (again with -Drookery.seed=" + seed + ")");
        var random = new Random(seed);
        try (var cloudflare = new FakeCloudflare()) {
            cloudflare.zone("example.net");
            cloudflare.foreign("example.net", "A", THEIRS, "192.0.2.1");
            proveOne(cloudflare);
            for (int round = 0; round < rounds; round++) {
                if (round % 100 == 99) {
                    System.out.println((round + 1) + " rounds");
                }
                long said = killed(cloudflare, random);
                var told = "round " + round + ", seed " + seed;
                try (var next = RoutesProgram.service(folder, cloudflare.url())) {
                    assertThat(next.head().number()).as(told).isGreaterThanOrEqualTo(said);
                    next.start();
                    await(told)
                            .atMost(Duration.ofSeconds(60))
                            .untilAsserted(() -> assertThat(settled(next) && runs(next.head()))
                                    .as("%s, engine runs it: %s", next.state(), runs(next.head()))
                                    .isTrue());
                    check(cloudflare, next.head().document(), told);
                }
            }
        }
    }

    /** As long as nothing was proven, there is nothing that a change which cannot be applied could be taken back to. */
    private void proveOne(FakeCloudflare cloudflare) {
        try (var service = RoutesProgram.service(folder, cloudflare.url())) {
            var first = Wanted.main().listener(8080).tunnel("a.example.net").document();
            assertThat(service.change("tester", "the first", present -> first).applied())
                    .isTrue();
        }
    }

    private static boolean settled(ProxyService service) {
        var state = service.state();
        return state.applied()
                && state.cloud()
                        .filter(cloud -> cloud.outcome() == StageState.Outcome.DONE
                                && cloud.revision() == state.saved().number())
                        .isPresent();
    }

    /** A name that moves past the proxy keeps its old route until Cloudflare was told, and loses it only then. */
    private boolean runs(Revision head) {
        try (var engine = new FileEngine(folder)) {
            var running = engine.running();
            return running.is(
                    engine.candidate(head.document(), running.content().revision()));
        }
    }

    private void check(FakeCloudflare cloudflare, ProxyDocument document, String told) {
        var hosts = document.routes().stream()
                .flatMap((HttpRoute route) -> route.domains().stream())
                .toList();
        assertThat(cloudflare.records().values())
                .as(told)
                .extracting(DnsRecord::name)
                .filteredOn(name -> !name.equals(THEIRS))
                .containsExactlyInAnyOrderElementsOf(hosts);
        assertThat(cloudflare.record(THEIRS).orElseThrow().content()).isEqualTo("192.0.2.1");
        assertThat(Answer.of(cloudflare.tunnelNamed("rookery-main").orElseThrow().config)
                        .all("ingress"))
                .as(told)
                .extracting(rule -> rule.textOr("hostname", ""))
                .filteredOn(name -> !name.isEmpty())
                .containsExactlyInAnyOrderElementsOf(hosts);
    }

    /** Kills a process some time after one of its changes, or in the middle of one of its calls; returns the last revision that it said. */
    private long killed(FakeCloudflare cloudflare, Random random) throws IOException, InterruptedException {
        int call = random.nextBoolean() ? 1 + random.nextInt(CALLS_MAX) : Integer.MAX_VALUE;
        int changes = 1 + random.nextInt(4);
        long pause = random.nextInt(NANOS_MAX);
        var program = JavaProcess.start(
                RoutesProgram.class,
                folder.resolve("stderr"),
                folder.toString(),
                cloudflare.url().toString(),
                String.valueOf(random.nextLong()));
        var calls = new AtomicInteger();
        cloudflare.before(asked -> {
            if (calls.incrementAndGet() == call) {
                // By its handle: the process itself would close what is still to be read.
                program.toHandle().destroyForcibly();
            }
        });
        long said = 0;
        try (var out = program.inputReader(UTF_8)) {
            int seen = 0;
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said = Long.parseLong(line);
                if (call == Integer.MAX_VALUE && ++seen == changes) {
                    TimeUnit.NANOSECONDS.sleep(pause);
                    program.toHandle().destroyForcibly();
                }
            }
        } finally {
            program.destroyForcibly();
            cloudflare.calm();
        }
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(137);
        return said;
    }
}
