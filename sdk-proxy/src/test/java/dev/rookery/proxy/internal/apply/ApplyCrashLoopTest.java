package dev.rookery.proxy.internal.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.ProxyService;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.FileCloud;
import dev.rookery.proxy.apply.FileEngine;
import dev.rookery.proxy.apply.NameOwners;
import dev.rookery.proxy.apply.UpstreamNames;
import dev.rookery.proxy.store.FileRouteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that changes routes is killed at any moment, again and again; what is saved, what runs and what the cloud knows become the same each time. */
@Tag("faults")
class ApplyCrashLoopTest {

    private static final int ROUNDS = 40;
    private static final int SOAK_ROUNDS = Integer.getInteger("rookery.rounds", 1_000);
    private static final int CHANGES_MAX = 5;
    private static final int NANOS_MAX = 60_000_000;

    @TempDir
    Path folder;

    @Test
    void convergesAfterEachKill() throws Exception {
        loop(ROUNDS);
    }

    @Tag("soak")
    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void convergesAfterAThousandKills() throws Exception {
        loop(SOAK_ROUNDS);
        System.out.println("RESULT: " + SOAK_ROUNDS + " kills of a program in the middle of changes: all converged");
    }

    private void loop(int rounds) throws Exception {
        long seed = Long.getLong("rookery.seed", new Random().nextLong());
        System.out.println("seed " + seed + " (again with -Drookery.seed=" + seed + ")");
        var random = new Random(seed);
        proveOne();
        for (int round = 0; round < rounds; round++) {
            if (round % 100 == 99) {
                System.out.println((round + 1) + " rounds");
            }
            long said = killed(random);

            var store = FileRouteStore.open(folder.resolve("state"));
            var engine = new FileEngine(folder);
            var cloud = new FileCloud(folder);
            assertThat(store.head().number())
                    .as("round %s, seed %s", round, seed)
                    .isGreaterThanOrEqualTo(said);
            var pipeline = new ApplyPipeline(
                    store,
                    engine,
                    new DocumentChecks(engine, NameOwners.ANYBODY, UpstreamNames.OF_THIS_MACHINE, Clock.systemUTC()),
                    Clock.systemUTC(),
                    new Events(),
                    Waits.USUAL);
            var report = pipeline.converge();
            if (report.outcome() == Outcome.ROLLED_BACK) {
                report = pipeline.converge();
            }
            new CloudStage(store, engine.name(), cloud, Clock.systemUTC(), new Events()).told();
            assertThat(report.applied())
                    .as("round %s, seed %s: %s", round, seed, report.said())
                    .isTrue();
            Converged.check(store, engine, cloud);
            assertThat(store.head().document().routes())
                    .allMatch(route -> route.id().startsWith("good"));
        }
    }

    /** As long as nothing was proven, there is nothing that a change which cannot be applied could be taken back to. */
    private void proveOne() {
        try (var service = ProxyService.builder(FileRouteStore.open(folder.resolve("state")), new FileEngine(folder))
                .build()) {
            var report = service.routes("tester").put(ChangingProcess.route("good0", 0));
            assertThat(report.applied()).as("%s", report).isTrue();
        }
    }

    /** Lets a process make some changes, and kills it some time later; returns the last revision that it said. */
    private long killed(Random random) throws IOException, InterruptedException {
        var process = ChangingProcess.start(folder, random.nextLong());
        int changes = 1 + random.nextInt(CHANGES_MAX);
        long end = random.nextInt(NANOS_MAX);
        long said = 0;
        try (var out = process.inputReader(UTF_8)) {
            for (int i = 0; i < changes; i++) {
                said = Long.parseLong(out.readLine());
            }
            end += System.nanoTime();
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            // By its handle: the process itself would close what is still to be read.
            process.toHandle().destroyForcibly();
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said = Long.parseLong(line);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        return said;
    }
}
