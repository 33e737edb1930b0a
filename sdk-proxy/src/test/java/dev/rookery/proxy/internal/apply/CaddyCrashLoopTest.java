package dev.rookery.proxy.internal.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import dev.rookery.proxy.engine.FreePorts;
import dev.rookery.proxy.engine.RunningCaddy;
import dev.rookery.proxy.engine.SupervisedCaddy;
import dev.rookery.proxy.internal.caddy.CaddyBinary;
import dev.rookery.proxy.internal.probe.Listening;
import dev.rookery.proxy.internal.probe.Probe;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.store.StageState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that drives a real Caddy and a Cloudflare is killed between two of its steps or in the middle of one, sometimes with the Caddy, again and
 * again; what is saved, what runs, what Caddy starts with and what Cloudflare has become the same each time. {@code -Drookery.seed} repeats the choices,
 * {@code -Drookery.rounds} sets how many.
 */
@Tag("caddy")
@Tag("faults")
class CaddyCrashLoopTest {

    private static final int ROUNDS = 40;
    private static final int SOAK_ROUNDS = Integer.getInteger("rookery.rounds", 1_000);
    private static final int STEPS_MAX = 90;
    private static final int CHANGES_MAX = 3;
    private static final int NANOS_MAX = 400_000_000;
    private static final int TRIES = 4;

    @TempDir
    Path folder;

    private final Probe probe = new Probe(Duration.ofSeconds(5));

    @Test
    void convergesAfterEachKill() throws Exception {
        loop(Integer.getInteger("rookery.rounds", ROUNDS));
    }

    @Tag("soak")
    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void convergesAfterAThousandKills() throws Exception {
        loop(SOAK_ROUNDS);
        System.out.println(
                "RESULT: " + SOAK_ROUNDS + " kills of a program beside a real Caddy and a Cloudflare: all converged");
    }

    private void loop(int rounds) throws Exception {
        long seed = Long.getLong("rookery.seed", new Random().nextLong());
        System.out.println("seed " + seed + " (again with -Drookery.seed=" + seed + ")");
        var random = new Random(seed);
        var ports = FreePorts.of(4);
        try (var cloudflare = new FakeCloudflare();
                var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            cloudflare.addZone("example.net");
            var site = new CrashSite(
                    folder,
                    cloudflare.url(),
                    ports[0],
                    ports[1],
                    ports[2],
                    ports[3],
                    taken.getLocalPort(),
                    version(folder));
            try (var caddy = new SupervisedCaddy(folder, site.address());
                    var engine = site.engine(true)) {
                proveOne(site, engine);
                for (int round = 0; round < rounds; round++) {
                    if (round % 100 == 99) {
                        System.out.println((round + 1) + " rounds");
                    }
                    var said = "round " + round + ", seed " + seed;
                    long known = killed(site, random, said);
                    if (random.nextInt(4) == 0) {
                        caddy.end();
                    }
                    converges(site, engine, cloudflare, known, said);
                }
            }
        }
    }

    private static String version(Path folder) {
        return new CaddyBinary(RunningCaddy.PROGRAM, folder).features().version();
    }

    /** As long as nothing was proven, there is nothing that a change which cannot be applied could be taken back to. */
    private static void proveOne(CrashSite site, ProxyEngine engine) {
        awaitAnswer(engine);
        try (var store = site.store();
                var service = ProxyService.builder(store, engine).build()) {
            var report = service.change("tester", "begun", document -> site.empty());
            assertThat(report.applied()).as("%s", report).isTrue();
        }
    }

    /** Lets a program make some changes until it ends itself at a step, or is ended some time after one; returns the last revision that it said. */
    private static long killed(CrashSite site, Random random, String round) throws IOException, InterruptedException {
        boolean atStep = random.nextBoolean();
        var process = DoomedProgram.start(site, random.nextLong(), atStep ? 1 + random.nextInt(STEPS_MAX) : 0);
        int changes = 1 + random.nextInt(CHANGES_MAX);
        long later = random.nextInt(NANOS_MAX);
        long said = 0;
        try (var out = process.inputReader(UTF_8)) {
            if (!atStep) {
                for (int i = 0; i < changes; i++) {
                    said = number(out.readLine(), site, round);
                }
                LockSupport.parkNanos(later);
                // By its handle: the process itself would close what is still to be read.
                process.toHandle().destroyForcibly();
            }
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said = number(line, site, round);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", round, Files.readString(site.folder().resolve("stderr")))
                .isEqualTo(137);
        return said;
    }

    private static long number(String line, CrashSite site, String round) throws IOException {
        assertThat(line)
                .as("%s: %s", round, Files.readString(site.folder().resolve("stderr")))
                .isNotNull();
        return Long.parseLong(line);
    }

    private void converges(CrashSite site, ProxyEngine engine, FakeCloudflare cloudflare, long known, String said)
            throws IOException {
        awaitAnswer(engine);
        try (var store = site.store();
                var cloud = site.cloud();
                var service = ProxyService.builder(store, engine).cloud(cloud).build()) {
            assertThat(service.head().number()).as(said).isGreaterThanOrEqualTo(known);
            var report = service.apply();
            for (int i = 1; !report.applied() && i < TRIES; i++) {
                report = service.apply();
            }
            assertThat(report.applied()).as("%s: %s", said, report).isTrue();
            var told = service.sync();
            for (int i = 1; told.orElseThrow().state() != CloudReport.State.DONE && i < TRIES; i++) {
                told = service.sync();
            }
            assertThat(told.orElseThrow().state()).as("%s: %s", said, told).isEqualTo(CloudReport.State.DONE);
            assertThat(service.state().engine().outcome()).isEqualTo(StageState.Outcome.DONE);
            check(site, engine, service, cloudflare, said);
        }
    }

    private void check(CrashSite site, ProxyEngine engine, ProxyService service, FakeCloudflare cloudflare, String said)
            throws IOException {
        var document = service.head().document();
        assertThat(document.settings().httpPort()).as(said).isEqualTo(site.http());
        var running = engine.running();
        var wanted = engine.candidate(document, running.content().revision());
        assertThat(running.is(wanted)).as("%s: Caddy runs what is saved", said).isTrue();
        assertThat(Files.readString(SupervisedCaddy.bootFile(folder)))
                .as("%s: what Caddy starts with", said)
                .isEqualTo(wanted.files().get("caddy.json"));
        for (var route : document.routes()) {
            int port = route.exposure() == Exposure.TUNNEL ? site.tunnel() : site.http();
            var answer = probe.ask(
                    Listening.parse("127.0.0.1:" + port, false, List.of()), "", route.id() + ".example.net", "/");
            assertThat(answer.status()).as("%s: %s", said, route.id()).isEqualTo(200);
        }
        assertThat(cloudflare.records().values())
                .as(said)
                .extracting(record -> record.name())
                .containsExactlyInAnyOrderElementsOf(document.routes().stream()
                        .map(HttpRoute::id)
                        .filter(id -> id.startsWith("tunnel"))
                        .map(id -> id + ".example.net")
                        .toList());
    }

    private static void awaitAnswer(ProxyEngine engine) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (true) {
            try {
                engine.running();
                return;
            } catch (EngineException notYet) {
                assertThat(System.nanoTime()).as("Caddy does not answer").isLessThan(end);
                LockSupport.parkNanos(20_000_000L);
            }
        }
    }
}
