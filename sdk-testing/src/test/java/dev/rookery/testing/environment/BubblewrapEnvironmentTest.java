package dev.rookery.testing.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.ProcessSpec;
import dev.rookery.api.spi.ProcessSpecBuilder;
import dev.rookery.api.spi.ProcessStatus;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.ServerEnvironment;
import dev.rookery.daemon.internal.environment.process.ProcessEnvironment;
import dev.rookery.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Child processes of this machine in bubblewrap, and what it keeps from them. */
@Tag("root")
@Tag("bubblewrap")
@SuppressWarnings("try") // A subscription is held open, not used.
class BubblewrapEnvironmentTest extends OwnEnvironmentContract {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final CancelSignal NEVER = CancelSignal.create();
    private static final String NOBODY = "65534:65534";

    @TempDir
    Path other;

    private final List<String> created = new ArrayList<>();
    private ServerEnvironment own;

    @Override
    protected ServerEnvironment open() {
        own = open("");
        return own;
    }

    private static ServerEnvironment open(String bubblewrap) {
        var environment = new ProcessEnvironment(context(UUID.randomUUID()), bubblewrap);
        environment.prepare(NEVER);
        return environment;
    }

    @Override
    protected String image() {
        return "none";
    }

    @AfterEach
    void removeCreated() {
        created.forEach(name -> own.remove(name, NEVER));
    }

    @Test
    void aServerSeesItsOwnFilesAndPrograms() throws IOException {
        Files.writeString(data.resolve("world"), "blocks");
        permit(data, "rwxrwxrwx");

        var printed = run("cat /home/container/world; pwd; echo saved >/home/container/save; echo x >/tmp/x; "
                + "echo x >/dev/shm/x; id -u; command -v setpriv; getent passwd root; exit 4");

        assertThat(printed.exitCode()).isEqualTo(4);
        assertThat(printed.text().lines()).contains("blocks/home/container", "65534", "/usr/bin/setpriv");
        assertThat(printed.text()).contains("root:").doesNotContain("denied", "Read-only", "No such");
        assertThat(data.resolve("save")).hasContent("saved");
    }

    @Test
    void aServerSeesNeitherAnotherServersFilesNorTheDaemons() throws IOException {
        var strange = Files.writeString(other.resolve("world"), "others-" + UUID.randomUUID());
        var database = Files.writeString(state.resolve("rookery.db"), "daemons-" + UUID.randomUUID());
        permit(other, "rwxr-xr-x");
        permit(state, "rwxr-xr-x");
        var script = "cat " + strange + " " + database + "; ls /proc/"
                + ProcessHandle.current().pid() + "/root/ && echo left; ls /root /home /etc/shadow " + state;

        // As root, whom no permission keeps from anything.
        var enclosed = run(own, spec("sh", script).user(Optional.empty()).build());
        String free;
        try (var without = open("off")) {
            free = run(without, spec("sh", script).user(Optional.empty()).build())
                    .text();
        }

        assertThat(enclosed.text())
                .doesNotContain(Files.readString(strange), Files.readString(database), "left", "enter.sh")
                .contains("cannot access '/etc/shadow'");
        assertThat(enclosed.text().lines()).contains("container");
        assertThat(free)
                .describedAs("what is there to be seen without")
                .contains(Files.readString(strange), Files.readString(database), "left");
    }

    @Test
    void aServerSeesOnlyItsOwnProcesses() {
        var printed = run(
                "sleep 0 & wait; echo first $(tr '\\0' ' ' </proc/1/cmdline | cut -c1-40); "
                        + "echo count $(ls -d /proc/[0-9]* | wc -l); for f in /proc/$$/fd/*; do test -d $f && echo leads out; done; echo over");

        assertThat(printed.text()).containsPattern("first .*bwrap").containsPattern("count [2-5]\n");
        assertThat(printed.text())
                .describedAs("no directory of the machine is left open")
                .contains("over")
                .doesNotContain("leads out");
    }

    @Test
    void nothingOfTheSystemCanBeWrittenNotEvenByRoot() {
        var name = "rookery-" + UUID.randomUUID();

        var printed = run(
                own,
                spec(
                                "sh",
                                "for d in /usr /usr/bin /bin /etc /sys/fs/cgroup /; do touch $d/" + name
                                        + " && echo wrote $d; done; grep ' /proc/sys ' /proc/mounts; "
                                        + "mount -t tmpfs none /mnt && echo mounted; "
                                        + "mknod /tmp/null c 1 3 && echo made; grep CapEff /proc/self/status")
                        .user(Optional.empty())
                        .build());

        assertThat(printed.text()).doesNotContain("wrote", "mounted", "made").contains("Read-only file system");
        assertThat(printed.text()).containsPattern("/proc/sys proc ro,").contains("CapEff:\t00000000000004fb");
        assertThat(Path.of("/usr", name)).doesNotExist();
    }

    @Test
    void anInstallerWritesToItsServerAndToARootOfItsOwn() throws IOException {
        var scripts = Files.createDirectory(other.resolve("scripts"));
        Files.writeString(
                scripts.resolve("install.sh"),
                "mkdir -p /opt/tool && echo tool; cd /mnt/server && echo jar >server.jar && chown 65534 server.jar; "
                        + "touch /usr/bin/rookery-install || echo refused");

        var printed = run(
                own,
                spec("sh", "")
                        .user(Optional.empty())
                        .command(List.of("ash", "/mnt/install/install.sh"))
                        .mounts(List.of(
                                new ProcessSpec.Mount(data.toString(), "/mnt/server", false),
                                new ProcessSpec.Mount(scripts.toString(), "/mnt/install", false)))
                        .hardening(ProcessSpec.Hardening.INSTALLER)
                        .build());

        assertThat(printed.text().lines()).contains("tool", "refused");
        assertThat(data.resolve("server.jar")).hasContent("jar");
        assertThat(Files.getAttribute(data.resolve("server.jar"), "unix:uid")).isEqualTo(65534);
        assertThat(Path.of("/opt/tool")).doesNotExist();
    }

    @Test
    void mountsAreWritableOrNotAsAsked() throws IOException {
        var shared = Files.createDirectory(other.resolve("shared"));
        var fixed = Files.createDirectory(other.resolve("fixed"));
        Files.writeString(fixed.resolve("map"), "the map");
        for (var directory : List.of(data, shared, fixed)) {
            permit(directory, "rwxrwxrwx");
        }

        var printed = run(
                own,
                spec("sh", "cat /srv/games/maps/map; echo x >/srv/games/maps/x || echo refused; echo x >shared/x")
                        .mounts(List.of(
                                new ProcessSpec.Mount(data.toString(), "/home/container", false),
                                new ProcessSpec.Mount(shared.toString(), "/home/container/shared", false),
                                new ProcessSpec.Mount(fixed.toString(), "/srv/games/maps", true)))
                        .build());

        assertThat(printed.text()).contains("the map", "refused");
        assertThat(shared.resolve("x")).exists();
        assertThat(fixed.resolve("x")).doesNotExist();
    }

    @Test
    void aMountThatLeadsOutIsRefused() {
        for (var target : List.of("/", "/home/container/../../../x", "relative")) {
            var spec = spec("sh", "true")
                    .mounts(List.of(new ProcessSpec.Mount(data.toString(), target, false)))
                    .build();

            assertThatThrownBy(() -> own.create(spec, NEVER))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("mount target");
        }
    }

    @Test
    void whatItLeavesBehindEndsWithIt() {
        var mark = Long.toString(100_000_000 + (System.nanoTime() % 100_000_000));
        var id = create(
                spec("sh", "(env -i setsid sh -c 'sleep " + mark + " & sleep " + mark + "' &) ; echo ready; read x")
                        .build());
        own.start(id, NEVER);
        Eventually.holds(() -> "what was left behind", SOON, () -> running(mark) >= 2);

        own.signal(id, "SIGTERM", NEVER);

        assertThat(awaitEnd(own, id).exitCode()).isEqualTo(143);
        try (var watching = own.watch(new EnvironmentListener() {
            @Override
            public void exited(String ended) {}

            @Override
            public void back(List<ProcessSummary> processes, boolean sameProcesses) {}
        })) {
            Eventually.holds(() -> "nothing left of it", SOON, () -> running(mark) == 0);
        }
    }

    @Test
    void variablesAreInNobodysArguments() {
        var secret = "secret-" + UUID.randomUUID();
        var id = create(spec("sh", "echo ready $TOKEN; read x")
                .environment(List.of("TOKEN=" + secret))
                .build());
        own.start(id, NEVER);
        Eventually.holds(() -> "the variable", SOON, () -> log(own, id).contains("ready " + secret));

        assertThat(count("environ", secret)).isPositive();
        assertThat(count("cmdline", secret)).isZero();
    }

    private static long running(String mark) {
        return count("cmdline", "sleep\0" + mark);
    }

    /** Counts the processes of this machine that have a text in a file of theirs. */
    private static long count(String file, String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        return Files.readString(
                                        Path.of("/proc", Long.toString(process.pid()), file),
                                        StandardCharsets.ISO_8859_1)
                                .contains(text);
                    } catch (IOException e) {
                        return false;
                    }
                })
                .count();
    }

    private ProcessSpecBuilder spec(String shell, String script) {
        return ProcessSpec.builder()
                .name("bubblewrap-" + UUID.randomUUID())
                .hostname("bubblewrap")
                .image(image())
                .user(NOBODY)
                .command(List.of(shell, "-c", script))
                .environment(List.of())
                .labels(Map.of())
                .mounts(List.of(new ProcessSpec.Mount(data.toString(), "/home/container", false)))
                .ports(List.of())
                .limits(new ProcessSpec.Limits(0, 0, 0, true, 0, "", 0, 0))
                .hardening(ProcessSpec.Hardening.SERVER);
    }

    private record Run(int exitCode, String text) {}

    private Run run(String script) {
        return run(own, spec("sh", script).build());
    }

    private Run run(ServerEnvironment environment, ProcessSpec spec) {
        var id = environment.create(spec, NEVER);
        try {
            environment.start(id, NEVER);
            return new Run(awaitEnd(environment, id).exitCode(), log(environment, id));
        } finally {
            environment.remove(id, NEVER);
        }
    }

    private String create(ProcessSpec spec) {
        created.add(spec.name());
        return own.create(spec, NEVER);
    }

    private static ProcessStatus awaitEnd(ServerEnvironment environment, String id) {
        Eventually.holds(
                () -> "the end of " + id,
                SOON,
                () -> !environment.inspect(id, NEVER).orElseThrow().running());
        return environment.inspect(id, NEVER).orElseThrow();
    }

    private static String log(ServerEnvironment environment, String id) {
        var bytes = new ByteArrayOutputStream();
        environment.readLog(id, Optional.empty(), (buffer, length) -> bytes.write(buffer, 0, length), NEVER);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
