package dev.rookery.proxy.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.proxy.internal.cloudflare.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real program is killed at a call of it, as by kill -9, and another one finishes what it began. {@code -Drookery.seed} repeats the choice of calls. */
@Tag("faults")
class CloudflareKillTest {

    private static final int KILLS = 4;
    /** More calls than a whole sync makes. */
    private static final int CALLS = 22;

    @TempDir
    Path folder;

    @Test
    void anotherProgramFinishesWhatAKilledOneBegan() throws Exception {
        long seed = Long.getLong("rookery.seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < KILLS; i++) {
            killedAt(1 + random.nextInt(CALLS), "seed " + seed);
        }
    }

    @Test
    @Tag("soak")
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void atEveryCall() throws Exception {
        for (int call = 1; call <= CALLS; call++) {
            killedAt(call, "call " + call);
        }
    }

    private void killedAt(int call, String said) throws Exception {
        try (var cloudflare = new FakeCloudflare()) {
            cloudflare.zone("example.net");
            cloudflare.zone("example.org");
            var own = folder.resolve("call-" + call + "-" + System.nanoTime());
            begun(cloudflare, own);
            cloudflare.foreign("example.net", "A", "theirs.example.net", "192.0.2.1");
            killed(cloudflare, own, call);

            var second = program(cloudflare, own);
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
            assertThat(second.exitValue())
                    .as("%s, killed at call %s", said, call)
                    .isZero();
            assertThat(cloudflare.records().values())
                    .as("%s, killed at call %s", said, call)
                    .extracting(DnsRecord::name)
                    .containsExactlyInAnyOrder("theirs.example.net", "new.example.net", "ssh.example.org");
            assertThat(Answer.of(cloudflare.tunnelNamed("rookery-main").orElseThrow().config)
                            .all("ingress"))
                    .extracting(rule -> rule.textOr("hostname", ""))
                    .containsExactly("new.example.net", "ssh.example.org", "");
        }
    }

    /** What there is before: something that is to go, and something that stays. */
    private static void begun(FakeCloudflare cloudflare, Path folder) {
        try (var outbox = CloudflareOutbox.builder(folder, "test")
                .secrets(secret -> FakeCloudflare.TOKEN)
                .api(token -> cloudflare.api().retryBudget(Duration.ZERO).build())
                .build()) {
            outbox.want(
                    1,
                    Wanted.main()
                            .tunnel("old.example.net")
                            .ssh("ssh.example.org")
                            .document());
            assertThat(outbox.sync("main", SyncOptions.USUAL).state()).isEqualTo(CloudflareStatus.State.DONE);
        }
    }

    private static void killed(FakeCloudflare cloudflare, Path folder, int call) throws Exception {
        var calls = new AtomicInteger();
        var program = new AtomicReference<Process>();
        cloudflare.before(asked -> {
            if (calls.incrementAndGet() == call) {
                kill(program);
            }
        });
        synchronized (program) {
            program.set(program(cloudflare, folder));
        }
        assertThat(program.get().waitFor(60, TimeUnit.SECONDS)).isTrue();
        cloudflare.calm();
    }

    /** What was asked for is done all the same: the call had left the program. */
    private static void kill(AtomicReference<Process> program) {
        synchronized (program) {
            program.get().destroyForcibly();
        }
    }

    private static Process program(FakeCloudflare cloudflare, Path folder) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OutboxProgram.class.getName(),
                        folder.toString(),
                        cloudflare.url().toString()))
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }
}
