package dev.rookery.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets the fuzzer look for bytes that break a target, each target in a JVM of its own. Seconds for each: {@code ROOKERY_FUZZ_SECONDS}, 600
 * if it is not set; {@code ROOKERY_FUZZ_TARGET} chooses the targets whose name contains it.
 */
@Tag("fuzz")
class LongFuzzingTest {

    private static final List<String> CLASSES = List.of(
            "dev.rookery.api.command.CommandFuzzTest",
            "dev.rookery.daemon.internal.archive.ArchiveFuzzTest",
            "dev.rookery.daemon.internal.http.MultipartFuzzTest",
            "dev.rookery.daemon.internal.sftp.SftpHandshakeFuzzTest",
            "dev.rookery.daemon.internal.sftp.SftpPacketFuzzTest",
            "dev.rookery.fuzz.ConfigFileFuzzTest",
            "dev.rookery.fuzz.ConsoleFuzzTest",
            "dev.rookery.fuzz.DocumentFuzzTest",
            "dev.rookery.fuzz.EggFuzzTest",
            "dev.rookery.fuzz.EggMeaningFuzzTest",
            "dev.rookery.fuzz.RouteFuzzTest",
            "dev.rookery.fuzz.TokenFuzzTest",
            "dev.rookery.wings.internal.ErrorBodyFuzzTest");
    /** Whose branches guide the search: ours, and the parsers' that we hand the bytes to. */
    private static final String GUIDES = String.join(
            ",", "dev.rookery.**", "com.fasterxml.jackson.core.**", "org.apache.sshd.**", "org.snakeyaml.engine.**");

    /** Routes have expressions, which somebody writes on purpose: they are read before they are compiled, and compiling one is no finding. */
    private static final Map<String, String> WITHOUT =
            Map.of("dev.rookery.fuzz.RouteFuzzTest", "com.code_intelligence.jazzer.sanitizers.RegexInjection");

    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+) ft: \\d+ corp: (\\d+)");
    private static final long SECONDS = Optional.ofNullable(System.getenv("ROOKERY_FUZZ_SECONDS"))
            .map(Long::parseLong)
            .orElse(600L);
    private static final long GRACE_SECONDS = 120;
    private static final int LINES_SHOWN = 60;

    static Stream<String> targets() throws ClassNotFoundException {
        var chosen = Optional.ofNullable(System.getenv("ROOKERY_FUZZ_TARGET")).orElse("");
        var all = Stream.<String>builder();
        for (var name : CLASSES) {
            var type = Class.forName(name, false, LongFuzzingTest.class.getClassLoader());
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .map(Method::getName)
                    .sorted()
                    .forEach(method -> all.add(name + "#" + method));
        }
        return all.build().filter(target -> target.contains(chosen));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void findsNothing(String target) throws IOException, InterruptedException {
        int hash = target.indexOf('#');
        var type = target.substring(0, hash);
        var method = target.substring(hash + 1);
        var folder =
                Files.createDirectories(Path.of("target", "fuzz", type.substring(type.lastIndexOf('.') + 1), method));
        var log = folder.resolve("fuzz.log");

        int code = run(type, method, folder, log);

        var lines = Files.readAllLines(log);
        assertThat(code)
                .as(
                        "%s; the input that broke it lies in %s and becomes a seed when fixed:%n%s",
                        target, folder, end(lines))
                .isZero();
        var done = lines.stream()
                .map(DONE::matcher)
                .filter(matcher -> matcher.find())
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("the fuzzer said nothing:\n" + end(lines)));
        System.out.printf(
                "RESULT: fuzzing %s.%s: %s inputs in %d s, %s branches reached by %s inputs, no finding%n",
                type.substring(type.lastIndexOf('.') + 1),
                method,
                done.group(1),
                SECONDS,
                done.group(2),
                done.group(3));
    }

    private static int run(String type, String method, Path folder, Path log) throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Jazzer.class.getName(),
                "--target_class=" + type,
                "--target_method=" + method,
                "--instrument=" + GUIDES,
                "--disabled_hooks=" + WITHOUT.getOrDefault(type, ""),
                "--max_duration=" + SECONDS + "s",
                "-timeout=60");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return process.waitFor(SECONDS + GRACE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String end(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
