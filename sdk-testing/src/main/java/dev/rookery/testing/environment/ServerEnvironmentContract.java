package dev.rookery.testing.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.Output;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link ServerEnvironment} keeps. Its processes are shell scripts, run by {@code sh} in an image that has one. Extend it with a
 * test class of your own.
 */
@Timeout(120)
@SuppressWarnings("try") // Attachments and subscriptions are held open, not used.
public abstract class ServerEnvironmentContract {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LABEL = "dev.rookery.contract";

    private final List<String> names = new ArrayList<>();
    private ServerEnvironment environment;

    /** A directory for the files of the test's process. */
    @TempDir
    protected Path data;

    /** For subclasses. */
    protected ServerEnvironmentContract() {}

    /**
     * Returns an environment that is ready, over the same processes each time: closing one and opening another is what a restart of the
     * daemon is.
     */
    protected abstract ServerEnvironment open();

    /** Returns the image that has {@code sh}. */
    protected abstract String image();

    @BeforeEach
    void openEnvironment() {
        environment = open();
    }

    @AfterEach
    void removeProcesses() {
        names.forEach(name -> environment.remove(name, never()));
        environment.close();
    }

    @Test
    void tellsWhatAProcessPrintsAndHowItEnds() {
        var id = create("echo one; echo two >&2; exit 3");
        var printed = new Printed();

        try (var attachment = environment.attach(id, printed, never())) {
            environment.start(id, never());
            printed.awaitEnd();
        }

        assertThat(printed.lines()).containsExactlyInAnyOrder("one", "two");
        var status = awaitEnd(id);
        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.outOfMemory()).isFalse();
        assertThat(status.startedAt()).isPresent();
    }

    @Test
    void passesInputOn() {
        var id = create("while read -r line; do echo \"got $line\"; done");
        var printed = new Printed();
        try (var attachment = environment.attach(id, printed, never())) {
            environment.start(id, never());

            attachment.write("first\nsecond\n".getBytes(StandardCharsets.UTF_8));

            printed.awaitLine("got second");
            assertThat(printed.lines()).containsSubsequence("got first", "got second");
        }
    }

    @Test
    void keepsWhatWasPrintedWhileNobodyListened() {
        var id = create("echo early; sleep 600");
        environment.start(id, never());

        Eventually.holds(() -> "the stored line", SOON, () -> log(id).lines().contains("early"));
    }

    @Test
    void givesAProcessItsDirectoryItsVariablesAndItsCommand() throws IOException {
        Files.writeString(data.resolve("greeting"), "hello");
        var id = create(
                "echo \"$(cat greeting) $NAME\"; echo done > written", List.of("NAME=it's \"you\" $HOME"), Map.of());

        environment.start(id, never());
        assertThat(awaitEnd(id).exitCode()).isZero();

        assertThat(log(id).lines()).contains("hello it's \"you\" $HOME");
        assertThat(data.resolve("written")).hasContent("done\n");
    }

    @Test
    void hasNothingOfTheDaemonsVariables() {
        var id = create("env");

        environment.start(id, never());
        awaitEnd(id);

        assertThat(System.getenv()).containsKey("PATH");
        assertThat(log(id).lines()).noneMatch(line -> line.startsWith("JAVA_HOME=") || line.startsWith("MAVEN"));
    }

    @Test
    void sendsSignals() {
        var id = create("trap 'echo interrupted; exit 7' INT; echo ready; while :; do sleep 0.1; done");
        environment.start(id, never());
        Eventually.holds(() -> "the trap", SOON, () -> log(id).lines().contains("ready"));

        environment.signal(id, "SIGINT", never());

        assertThat(awaitEnd(id).exitCode()).isEqualTo(7);
        assertThat(log(id).lines()).contains("interrupted");
    }

    @Test
    void killsWithAllThatWasStarted() {
        var id = create(
                "trap '' TERM INT HUP; (trap '' TERM; setsid sh -c 'echo child; sleep 600') & echo ready; sleep 600");
        environment.start(id, never());
        Eventually.holds(() -> "both", SOON, () -> log(id).lines().containsAll(List.of("child", "ready")));

        environment.signal(id, "SIGKILL", never());

        assertThat(awaitEnd(id).exitCode()).isEqualTo(137);
        Eventually.holds(
                () -> "no process left",
                SOON,
                () -> environment.usage(List.of(id), never()).isEmpty());
    }

    @Test
    void startsAgain() {
        var id = create("echo run");
        environment.start(id, never());
        awaitEnd(id);

        environment.start(id, never());
        Eventually.holds(
                () -> "two runs",
                SOON,
                () -> log(id).lines().stream().filter("run"::equals).count() == 2);
    }

    @Test
    void startingTwiceIsStartingOnce() {
        var id = create("echo run; sleep 600");

        environment.start(id, never());
        environment.start(id, never());

        Eventually.holds(() -> "a run", SOON, () -> log(id).lines().contains("run"));
        assertThat(log(id).lines()).containsOnlyOnce("run");
    }

    @Test
    void putsAProcessInPlaceOfOneOfTheSameName() {
        var name = newName();
        var first = create(name, "sleep 600", List.of(), Map.of());
        environment.start(first, never());

        var second = create(name, "echo second", List.of(), Map.of());

        assertThat(environment.inspect(first, never())).isEmpty();
        assertThat(environment.inspect(name, never())).map(ProcessStatus::id).contains(second);
    }

    @Test
    void listsItsProcessesWithTheirLabels() {
        var mark = UUID.randomUUID().toString();
        var running = create("sleep 600", List.of(), Map.of(LABEL, mark));
        var waiting = create("sleep 600", List.of(), Map.of(LABEL, mark));
        environment.start(running, never());

        assertThat(environment.list(never()).stream()
                        .filter(process -> mark.equals(process.labels().get(LABEL))))
                .extracting(ProcessSummary::id, ProcessSummary::running)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(running, true),
                        org.assertj.core.groups.Tuple.tuple(waiting, false));
    }

    @Test
    void removesAProcessThatRuns() {
        var id = create("sleep 600");
        environment.start(id, never());

        environment.remove(id, never());
        environment.remove(id, never());

        assertThat(environment.inspect(id, never())).isEmpty();
        assertThatThrownBy(() -> environment.start(id, never())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void tellsOfEnds() {
        var ended = new CopyOnWriteArrayList<String>();
        var seen = new CopyOnWriteArrayList<String>();
        var before = create("sleep 600");
        environment.start(before, never());
        var brief = create("exit 0");
        try (var watching = environment.watch(new EnvironmentListener() {
            @Override
            public void exited(String id) {
                ended.add(id);
            }

            @Override
            public void back(List<ProcessSummary> processes, boolean sameProcesses) {
                processes.stream()
                        .filter(ProcessSummary::running)
                        .map(ProcessSummary::id)
                        .forEach(seen::add);
            }
        })) {
            Eventually.holds(() -> "what runs: " + seen, SOON, () -> seen.contains(before));

            environment.start(brief, never());
            environment.signal(before, "SIGKILL", never());

            Eventually.holds(() -> "both ends: " + ended, SOON, () -> ended.containsAll(List.of(before, brief)));
        }
    }

    @Test
    void measuresWhatRuns() {
        var busy = create("while :; do :; done");
        var idle = create("sleep 600");
        environment.start(busy, never());

        Eventually.holds(() -> "processor time", SOON, () -> {
            var sample = environment.usage(List.of(busy, idle), never()).get(busy);
            return sample != null && sample.cpuPercent() > 10 && sample.memoryBytes() > 0;
        });
        assertThat(environment.usage(List.of(busy, idle), never())).containsOnlyKeys(busy);
    }

    @Test
    void letsProcessesRunWhenItIsClosed() {
        var id = create("echo before; while read -r line; do echo \"got $line\"; done");
        environment.start(id, never());
        Eventually.holds(() -> "a line", SOON, () -> log(id).lines().contains("before"));

        environment.close();
        environment = open();

        assertThat(environment.inspect(id, never())).map(ProcessStatus::running).contains(true);
        var printed = new Printed();
        try (var attachment = environment.attach(id, printed, never())) {
            attachment.write("again\n".getBytes(StandardCharsets.UTF_8));
            printed.awaitLine("got again");
        }
        assertThat(log(id).lines()).contains("before", "got again");
    }

    @Test
    void keepsTheExitCodeOfAProcessThatEndedMeanwhile() {
        var id = create("sleep 0.5; exit 5");
        environment.start(id, never());

        environment.close();
        environment = open();

        assertThat(awaitEnd(id).exitCode()).isEqualTo(5);
    }

    private String create(String script) {
        return create(script, List.of(), Map.of());
    }

    private String create(String script, List<String> variables, Map<String, String> labels) {
        return create(newName(), script, variables, labels);
    }

    private String create(String name, String script, List<String> variables, Map<String, String> labels) {
        return environment.create(
                ProcessSpec.builder()
                        .name(name)
                        .hostname("contract")
                        .image(image())
                        .user(Optional.empty())
                        .command(List.of("sh", "-c", "cd /home/container; " + script))
                        .environment(variables)
                        .labels(labels)
                        .mounts(List.of(new ProcessSpec.Mount(data.toString(), "/home/container", false)))
                        .ports(List.of())
                        .limits(new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 0))
                        .hardening(ProcessSpec.Hardening.SERVER)
                        .build(),
                never());
    }

    private String newName() {
        var name = "contract-" + UUID.randomUUID();
        names.add(name);
        return name;
    }

    private ProcessStatus awaitEnd(String id) {
        Eventually.holds(
                () -> "the end of " + id,
                SOON,
                () -> environment
                        .inspect(id, never())
                        .filter(status -> !status.running())
                        .isPresent());
        return environment.inspect(id, never()).orElseThrow();
    }

    private Printed log(String id) {
        var printed = new Printed();
        environment.readLog(id, Optional.empty(), printed, never());
        return printed;
    }

    private static CancelSignal never() {
        return CancelSignal.create();
    }

    private static final class Printed implements Output {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile boolean ended;

        @Override
        public void bytes(byte[] buffer, int length) {
            bytes.write(buffer, 0, length);
        }

        @Override
        public void end() {
            ended = true;
        }

        List<String> lines() {
            return bytes.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(String::stripTrailing)
                    .toList();
        }

        void awaitLine(String line) {
            Eventually.holds(() -> line + " in " + lines(), SOON, () -> lines().contains(line));
        }

        void awaitEnd() {
            Eventually.holds(() -> "the end of the output", SOON, () -> ended);
        }
    }
}
