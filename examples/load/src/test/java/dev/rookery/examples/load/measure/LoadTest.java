package dev.rookery.examples.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.build.tiers.SecondLane;
import dev.rookery.examples.load.RunProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each measurement in short, of a real node that is a process of its own. No test looks at how fast it was. */
@Timeout(180)
@SecondLane
class LoadTest {

    @TempDir
    static Path folder;

    private static Path node;
    private static List<Path> before = List.of();

    @BeforeAll
    static void makeProgram() throws IOException {
        before = leftovers();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var access = Runtime.version().feature() >= 22 ? "--enable-native-access=ALL-UNNAMED " : "";
        node = Files.writeString(
                folder.resolve("node"), """
                #!/bin/sh
                [ "$1" != rehearse ] || exit 0
                exec '%s' -Xmx256m %s-cp '%s' dev.rookery.examples.node.Main "$@"
                """.formatted(java, access, System.getProperty("java.class.path")));
        assertThat(node.toFile().setExecutable(true)).isTrue();
    }

    private static RunProgram load(String... arguments) {
        var all = new ArrayList<>(List.of("load"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--node", node.toString()));
        return RunProgram.with(all.toArray(String[]::new));
    }

    private static RunProgram withProcesses(String... arguments) {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("user.name").equals("root"),
                "servers as child processes need root on Linux");
        var all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--runtime", "process"));
        return load(all.toArray(String[]::new));
    }

    private static void assertRight(RunProgram run) {
        assertThat(run.code()).as(run.errors() + run.output()).isZero();
        assertThat(run.output()).doesNotContain("## Wrong").contains("load average before", "| wanted |");
    }

    @Test
    void countsTheLinesOfManySocketsAndFindsWhatAStalledOneMissed() {
        var run = withProcesses("sockets", "--sockets", "41", "--rate", "500", "--seconds", "2");

        assertRight(run);
        assertThat(run.output())
                .contains("| Rookery, 40 sockets that read | 1,000 lines each, 0 missing, 0 out of order |")
                .containsPattern("p50 [0-9.]+ ms, p99 [0-9.]+ ms")
                .contains("a resume by number |  |  | nothing lost | kept |");
    }

    @Test
    void comparesDetailsWithBareNetty() {
        var run = withProcesses("details", "--connections", "4", "--seconds", "1", "--rounds", "2");

        assertRight(run);
        assertThat(run.output())
                .containsPattern("\\| Rookery \\| [0-9,]+/s .* \\| [0-9,]+/s .* \\| [0-9.]+ \\| >= 0.60 \\|");
    }

    @Test
    void timesStartsWithServersThatAreTakenUp() {
        var run = withProcesses("boot", "--servers", "3", "--rounds", "1", "--json");

        assertThat(run.code()).as(run.errors() + run.output()).isZero();
        assertThat(run.output())
                .contains(
                        "\"Rookery, 0 servers, first answer\"", "\"Rookery, 3 servers, all taken up\"", "\"wrong\":[]");
    }

    @Test
    void weighsNodesAndTheirStatistics() throws IOException {
        var report = folder.resolve("report.md");
        var memory = withProcesses(
                "memory", "--servers", "2", "--running", "1", "--settle", "0", "--report", report.toString());
        var stats = withProcesses("stats", "--servers", "1", "--seconds", "1", "--settle", "0");

        assertRight(memory);
        assertThat(memory.output())
                .containsPattern("\\| Rookery, 2 servers \\| [1-9][0-9]+ MB \\|")
                .containsPattern("1 running servers, taken up again \\| [1-9][0-9]+ MB");
        assertThat(report).hasContent(memory.output());
        assertRight(stats);
        assertThat(stats.output()).contains("% of a core (");
    }

    /** An hour of it is {@code load memory --churn PT1H}. */
    @Tag("soak")
    @Test
    void keepsItsMemoryWhileServersComeAndGo() {
        var run = withProcesses("memory", "--servers", "0", "--settle", "0", "--churn", "PT2M", "--strict");

        assertRight(run);
        assertThat(run.output())
                .containsPattern("[1-9][0-9]* servers created, started, killed and deleted .* flat \\| kept");
    }

    @Tag("docker")
    @Test
    void comparesAConsoleWithDockerAttach() {
        var run = load("console", "--lines", "1000", "--rounds", "2");

        assertRight(run);
        assertThat(run.output())
                .containsPattern(
                        "\\| Rookery, one socket \\| [0-9,]+ lines/s .* \\| [0-9,]+ lines/s .* \\| [0-9.]+ \\| >= 0.95");
    }

    @AfterAll
    static void everythingIsRemoved() throws IOException {
        assertThat(leftovers()).isEqualTo(before);
    }

    private static List<Path> leftovers() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("rookery-load"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "console --rounds 0",
                "console --runtime process",
                "sockets --sockets 1",
                "details --connections 0",
                "boot --servers -1",
                "memory --servers -1",
                "stats --seconds 0",
                "boot --runtime chroot",
                "boot --beside /no/such/wings",
                "boot --beside /bin/sh --runtime process",
                "boot --speed 3",
                ""
            })
    void refusesWhatItCannotMeasure(String arguments) {
        var run = load(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.code()).as(run.errors()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).isNotBlank();
    }

    @Test
    void saysInOneSentenceThatTheNodeDoesNotComeUp() throws IOException {
        var broken = Files.writeString(folder.resolve("broken"), "#!/bin/sh\necho no such luck\nexit 3\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();

        var run =
                RunProgram.with("load", "boot", "--servers", "1", "--runtime", "process", "--node", broken.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("Rookery does not come up; it says: no such luck");
    }
}
