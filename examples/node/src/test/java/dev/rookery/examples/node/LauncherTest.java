package dev.rookery.examples.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.build.tiers.SecondLane;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves the launcher as it is installed: beside a jar with its libraries in lib/. */
@Timeout(240)
@SecondLane
class LauncherTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path HOME = Path.of(System.getProperty("java.home"));
    /** Into the working directory. A part of what a recording is for, so always the same. */
    private static final String LOGGING = "-Xlog:class+load:file=classes-%p";

    private static final String OWN_CLASS = "dev.rookery.daemon.Daemon ";

    @TempDir
    static Path installed;

    /** A root directory in which a start was recorded for the Java of the tests. */
    @TempDir
    static Path rehearsed;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(File.separatorChar == '/' && Files.isExecutable(Path.of("/bin/sh")), "the launcher is for Unix");
        Files.copy(Path.of("bin/rookery-node"), installed.resolve("rookery-node"));
        assertThat(installed.resolve("rookery-node").toFile().setExecutable(true))
                .isTrue();
        var libraries = Files.createDirectory(installed.resolve("lib"));
        var names = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var path = Path.of(entry);
            var name = names.size() + "-" + (Files.isDirectory(path) ? "classes.jar" : path.getFileName());
            if (Files.isDirectory(path)) {
                pack(path, libraries.resolve(name), new Manifest());
            } else if (Files.exists(path)) {
                Files.copy(path, libraries.resolve(name));
            }
            names.add("lib/" + name);
        }
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
        manifest.getMainAttributes().putValue("Enable-Native-Access", "ALL-UNNAMED");
        pack(Files.createDirectory(installed.resolve("empty")), installed.resolve("rookery-node.jar"), manifest);
        var builder = new ProcessBuilder(installed.resolve("rookery-node").toString(), "rehearse");
        builder.environment().put("ROOKERY_START_CACHE", rehearsed.toString());
        builder.environment().put("ROOKERY_JAVA_OPTIONS", LOGGING);
        builder.environment().put("JAVA_HOME", HOME.toString());
        var process = builder.directory(installed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(rehearsed.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(rehearsed.resolve("out")))
                .isZero();
    }

    private static void pack(Path folder, Path jar, Manifest manifest) throws IOException {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var tree = Files.walk(folder)) {
            for (var file : tree.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString();
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    static Stream<Path> homes() {
        var folders = new File("/usr/lib/jvm").listFiles();
        var others = folders == null ? Stream.<File>empty() : Arrays.stream(folders);
        return Stream.concat(
                        Stream.of(HOME),
                        others.map(File::toPath)
                                .filter(home -> !Files.isSymbolicLink(home))
                                .filter(home -> Files.isExecutable(home.resolve("bin/javac"))))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("homes")
    void recordsTheFirstStartAndUsesThatForTheNext(Path home) throws Exception {
        var first = start(home);
        assertThat(sharedClasses(first)).doesNotContain(OWN_CLASS);
        await().atMost(LIMIT).until(() -> recordings().size() == 1);
        var recording = recordings().get(0);
        stop(first);

        var second = start(home);

        assertThat(sharedClasses(second)).contains(OWN_CLASS);
        await().atMost(LIMIT).until(() -> marks().isEmpty());
        assertThat(recordings()).as("recorded once").containsExactly(recording);
        stop(second);
    }

    @Test
    void startsWithRecordingsThatAreBroken() throws Exception {
        takeRehearsed();
        var recording = recordings().get(0);
        var good = Files.readAllBytes(recording);
        assertThat(recording.toFile().setWritable(true)).isTrue();
        var broken = good.clone();
        Arrays.fill(broken, 0, 4096, (byte) 'x');

        for (var bytes : List.of(broken, Arrays.copyOf(good, good.length / 2), "nothing".getBytes(UTF_8))) {
            Files.write(recording, bytes);
            stop(start(HOME));
        }
    }

    @Test
    void recordsAgainAfterAStartThatDidNotGetFar() throws Exception {
        takeRehearsed();
        var recording = recordings().get(0);
        var before = Files.getLastModifiedTime(recording);
        var mark = recording.resolveSibling(recording.getFileName().toString().replaceAll("\\.[a-z]+$", ".begun"));
        Files.createFile(mark);

        var process = start(HOME);

        assertThat(sharedClasses(process)).doesNotContain(OWN_CLASS);
        assertThat(mark).doesNotExist();
        await().atMost(LIMIT).until(() -> recordings().equals(List.of(recording)));
        assertThat(Files.getLastModifiedTime(recording)).isGreaterThan(before);
        stop(process);
    }

    @Test
    void usesARehearsalAtTheFirstStart() throws Exception {
        takeRehearsed();

        var process = start(HOME);

        assertThat(sharedClasses(process)).contains(OWN_CLASS);
        stop(process);
    }

    @Test
    void recordsAnewForAnotherProgramAndKeepsOneRecording() throws Exception {
        takeRehearsed();
        var before = recordings();
        var jar = installed.resolve("rookery-node.jar");
        var time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.from(time.toInstant().minusSeconds(3600)));
        try {
            run("rehearse", "--config", config(0).toString());

            assertThat(recordings()).hasSize(1).doesNotContainAnyElementsOf(before);
            assertThat(run("rehearse", "--config", config(0).toString())).contains("is there already");
        } finally {
            Files.setLastModifiedTime(jar, time);
        }
    }

    @Test
    void startsWhereNothingCanBeKept() throws Exception {
        for (var cache : List.of("/proc/no/such", "off")) {
            int port = freePort();
            var command = launcher(HOME, "--config", config(port).toString());
            command.environment().put("ROOKERY_START_CACHE", cache);
            var process = command.start();
            started.add(process);
            awaitAnswer(process, port);
            stop(process);
        }
    }

    @Test
    void handsOnArgumentsAndExitCode() throws Exception {
        var process = launcher(HOME, "--config", directory.resolve("none.yml").toString())
                .start();
        started.add(process);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("out"))).contains("none.yml: there is no such file");
        assertThat(run("--version")).contains("rookery-node ");
    }

    private void takeRehearsed() throws IOException {
        var folder = Files.createDirectories(directory.resolve("root/start"));
        try (var files = Files.list(rehearsed)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        assertThat(recordings()).hasSize(1);
    }

    private String run(String... arguments) throws Exception {
        var process = launcher(HOME, arguments).start();
        started.add(process);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var said = Files.readString(directory.resolve("out"));
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private Process start(Path home) throws Exception {
        int port = freePort();
        var process = launcher(home, "--config", config(port).toString()).start();
        started.add(process);
        awaitAnswer(process, port);
        return process;
    }

    private void awaitAnswer(Process process, int port) throws IOException {
        await().atMost(LIMIT).until(() -> !process.isAlive() || listens(port));
        assertThat(process.isAlive())
                .as(Files.readString(directory.resolve("out")))
                .isTrue();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private ProcessBuilder launcher(Path home, String... arguments) {
        var command = new ArrayList<>(List.of(installed.resolve("rookery-node").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment().put("JAVA_HOME", home.toString());
        builder.environment().remove("ROOKERY_START_CACHE");
        builder.environment().put("ROOKERY_JAVA_OPTIONS", LOGGING);
        return builder;
    }

    /** The classes of the process that came out of an archive, one a line. */
    private String sharedClasses(Process process) throws IOException {
        try (var lines = Files.lines(directory.resolve("classes-" + process.pid()))) {
            return lines.filter(line -> line.contains("source: shared objects file"))
                    .collect(Collectors.joining("\n"));
        }
    }

    private List<Path> recordings() throws IOException {
        return kept(".*\\.(aot|jsa)");
    }

    private List<Path> marks() throws IOException {
        return kept(".*\\.begun");
    }

    private List<Path> kept(String names) throws IOException {
        var folder = directory.resolve("root/start");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(names))
                    .toList();
        }
    }

    private Path config(int port) throws IOException {
        return Files.writeString(
                directory.resolve("config.yml"), """
                uuid: 5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c
                token_id: AbCdEfGh12345678
                token: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                remote: http://127.0.0.1:1
                api:
                  host: 127.0.0.1
                  port: %d
                system:
                  # The launcher looks for it, too.
                  root_directory: "%s"
                  sftp: {bind_address: 127.0.0.1, bind_port: 0}
                docker:
                  socket: unix://%s/no-engine.sock
                """.formatted(port, directory.resolve("root"), directory));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException ignored) {
            // Not yet.
            return false;
        }
    }
}
