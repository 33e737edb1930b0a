package dev.rookery.daemon.internal.environment.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.spi.EnvironmentContext;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes in control groups of version 1 of this very kernel. */
@Tag("root")
@Timeout(60)
class LimitedProcessTest {

    private static final CancelSignal NEVER = CancelSignal.create();
    private static final Path MEMORY = ControlGroups.KERNEL.resolve("memory/rookery");

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ProcessEnvironment environment;
    private String id = "";

    @BeforeEach
    void open() {
        assumeTrue(
                Files.isDirectory(ControlGroups.KERNEL.resolve("memory"))
                        && ControlGroups.of(ControlGroups.KERNEL)
                                .controllers()
                                .containsAll(Set.of("memory", "cpu", "cpuset", "pids")),
                "not offered: control groups of version 1 that can be written");
        environment = opened("off");
    }

    private ProcessEnvironment opened(String bubblewrap) {
        var opened = new ProcessEnvironment(
                new EnvironmentContext(UUID.randomUUID(), folder, Clock.systemUTC(), threads::execute), bubblewrap);
        opened.prepare(NEVER);
        return opened;
    }

    @AfterEach
    void remove() {
        if (environment != null) {
            environment.remove(id, NEVER);
            assertThat(MEMORY.resolve(id)).doesNotExist();
            assertThat(ControlGroups.KERNEL.resolve("pids/rookery/" + id)).doesNotExist();
            environment.close();
        }
        threads.shutdownNow();
    }

    @Test
    void endsWhatTakesMoreMemoryThanItMayAndSaysSo() {
        start(
                "head -c 300000000 /dev/zero | tail >/dev/null; exit $?",
                new ProcessSpec.Limits(64 << 20, 32 << 20, 64 << 20, true, 0, "", 0, 0));

        var end = awaitEnd();

        assertThat(end.exitCode()).isEqualTo(137);
        assertThat(end.outOfMemory()).isTrue();
        environment.start(id, NEVER);
        environment.signal(id, "SIGKILL", NEVER);
        assertThat(awaitEnd().outOfMemory())
                .describedAs("the next run counts for itself")
                .isFalse();
    }

    @Test
    void startsNoMoreProcessesThanItMay() {
        start(
                "for i in 1 2 3 4 5 6 7 8 9; do sleep 60 & done; echo all",
                new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 5));

        awaitEnd();

        assertThat(printed()).doesNotContain("all").containsIgnoringCase("fork");
    }

    @Test
    void changesLimitsWhileItRuns() throws IOException {
        start("sleep 60", new ProcessSpec.Limits(64 << 20, 32 << 20, 80 << 20, true, 50, "0", 0, 20));
        assertThat(MEMORY.resolve(id + "/memory.limit_in_bytes")).hasContent(Integer.toString(64 << 20));
        assertThat(ControlGroups.KERNEL.resolve("cpu/rookery/" + id + "/cpu.cfs_quota_us"))
                .hasContent("50000");
        assertThat(ControlGroups.KERNEL.resolve("cpuset/rookery/" + id + "/cpuset.cpus"))
                .hasContent("0");

        assertThat(environment.update(
                        id, new ProcessSpec.Limits(128 << 20, 64 << 20, 256 << 20, true, 0, "", 0, 0), NEVER))
                .isTrue();

        assertThat(MEMORY.resolve(id + "/memory.limit_in_bytes")).hasContent(Integer.toString(128 << 20));
        assertThat(ControlGroups.KERNEL.resolve("cpu/rookery/" + id + "/cpu.cfs_quota_us"))
                .hasContent("-1");
        assertThat(ControlGroups.KERNEL.resolve("pids/rookery/" + id + "/pids.max"))
                .hasContent("max");
        assertThat(environment.usage(List.of(id), NEVER).get(id).memoryLimitBytes())
                .isEqualTo(128 << 20);
    }

    @Test
    void endsWhatHasLeftItsSessionAndItsMark() throws IOException {
        start("env -i setsid sleep 600 & sleep 600", new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 0));
        var procs = MEMORY.resolve(id + "/cgroup.procs");
        await().until(() -> Files.readAllLines(procs).size() >= 2);

        environment.signal(id, "SIGKILL", NEVER);

        assertThat(awaitEnd().exitCode()).isEqualTo(137);
        await().until(() -> Files.readAllLines(procs).isEmpty());
    }

    @Test
    @Tag("bubblewrap")
    void limitsWhatIsInBubblewrapAlike() {
        environment.close();
        environment = opened("");
        start(
                "head -c 300000000 /dev/zero | tail >/dev/null; exit $?",
                new ProcessSpec.Limits(64 << 20, 32 << 20, 64 << 20, true, 0, "", 0, 5));
        // The two that enclose it are not its own.
        assertThat(ControlGroups.KERNEL.resolve("pids/rookery/" + id + "/pids.max"))
                .hasContent("7");

        var end = awaitEnd();

        assertThat(end.exitCode()).isEqualTo(137);
        assertThat(end.outOfMemory()).isTrue();
    }

    private void start(String script, ProcessSpec.Limits limits) {
        id = environment.create(
                ProcessSpec.builder()
                        .name("limited")
                        .hostname("limited")
                        .image("none")
                        .user(Optional.empty())
                        .command(List.of("sh", "-c", script))
                        .environment(List.of())
                        .labels(Map.of())
                        .mounts(List.of())
                        .ports(List.of())
                        .limits(limits)
                        .hardening(ProcessSpec.Hardening.SERVER)
                        .build(),
                NEVER);
        environment.start(id, NEVER);
    }

    private ProcessStatus awaitEnd() {
        await().until(() -> !environment.inspect(id, NEVER).orElseThrow().running());
        return environment.inspect(id, NEVER).orElseThrow();
    }

    private String printed() {
        var bytes = new ByteArrayOutputStream();
        environment.readLog(id, Optional.empty(), (buffer, length) -> bytes.write(buffer, 0, length), NEVER);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
