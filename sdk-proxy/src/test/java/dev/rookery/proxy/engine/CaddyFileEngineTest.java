package dev.rookery.proxy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.route.Exposure;
import dev.rookery.proxy.route.HttpRoute;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.route.ProxySettings;
import dev.rookery.proxy.route.Respond;
import dev.rookery.proxy.store.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that a real Caddy watches. */
@Tag("caddy")
class CaddyFileEngineTest {

    @TempDir
    Path folder;

    @Test
    void provesThatCaddyTookTheFile() throws Exception {
        var ports = FreePorts.of(3);
        var admin = "127.0.0.1:" + ports[0];
        var document = ProxyDocument.builder()
                .settings(ProxySettings.builder()
                        .listenAddress("127.0.0.1")
                        .httpPort(ports[1])
                        .httpsPort(ports[2])
                        .build())
                .addRoutes(HttpRoute.builder("a", new Respond(200, "text/plain", Map.of(), "here"))
                        .addDomains("a.example.net")
                        .exposure(Exposure.PLAIN_HTTP)
                        .build())
                .build();
        try (var caddy = new RunningCaddy(folder, admin, true);
                var engine = CaddyFileEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                        .admin(admin)
                        .program(RunningCaddy.PROGRAM)
                        .bootFile(caddy.bootFile())
                        .build())) {
            var seen = engine.running();
            var candidate = engine.candidate(document, 4);

            engine.apply(candidate, seen);

            var proof = engine.prove(candidate);
            assertThat(proof.proven()).as("%s", proof).isTrue();
            assertThat(engine.running().content().revision()).isEqualTo(4);
            assertThatThrownBy(() -> engine.apply(candidate, seen))
                    .isInstanceOfSatisfying(
                            EngineException.class,
                            e -> assertThat(e.problem()).isEqualTo(EngineException.Problem.CHANGED));
        }
    }

    /** Caddy is often another user than who writes its file. */
    @Test
    void leavesWhoMayReadTheFileAsItIs() throws IOException {
        var file = Files.writeString(folder.resolve("caddy.json"), "");
        if ("root".equals(System.getProperty("user.name"))) {
            Files.setAttribute(file, "unix:uid", 33);
            Files.setAttribute(file, "unix:gid", 33);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        var before = Files.readAttributes(file, PosixFileAttributes.class);
        try (var engine = CaddyFileEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                .program(RunningCaddy.PROGRAM)
                .ports(false)
                .bootFile(file)
                .build())) {
            engine.apply(engine.candidate(ProxyDocument.EMPTY, 1), engine.running());
        }

        var after = Files.readAttributes(file, PosixFileAttributes.class);
        assertThat(after.permissions()).isEqualTo(before.permissions());
        assertThat(after.owner()).isEqualTo(before.owner());
        assertThat(after.group()).isEqualTo(before.group());
        assertThat(file).isNotEmptyFile();
    }

    /** Whoever gives nothing away is one of the file's group at best. */
    @ParameterizedTest
    @CsvSource({"33, rw-r-----, written", "33, rw-------, refused", "1, rw-r-----, refused", "1, rw-r--r--, written"})
    void writesWithoutTheRightToGiveAwayWhatCaddyMayStillRead(String group, String permissions, String expected)
            throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root has rights to do without");
        var file = Files.writeString(folder.resolve("caddy.json"), "old");
        Files.setAttribute(file, "unix:uid", 33);
        Files.setAttribute(file, "unix:gid", 33);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        var poorer = List.of("setpriv", "--bounding-set", "-chown", "--inh-caps", "-chown", "--groups", "0," + group);
        var errors = folder.resolve("errors");

        var writer = JavaProcess.start(poorer, FileWriter.class, errors, file.toString(), "new");

        assertThat(new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .as(Files.readString(errors))
                .isEqualTo(expected);
        boolean written = expected.equals("written");
        assertThat(file).hasContent(written ? "new" : "old");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(permissions);
        if (permissions.equals("rw-r-----")) {
            assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(33);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file, errors);
        }
    }

    /** Writes what it is told where it is told. */
    static final class FileWriter {

        private FileWriter() {}

        public static void main(String... arguments) {
            try {
                CaddyCandidates.write(Path.of(arguments[0]), arguments[1]);
                JavaProcess.say("written");
            } catch (EngineException e) {
                JavaProcess.say(String.valueOf(e.getMessage()).contains("cannot be kept") ? "refused" : e);
            }
        }
    }

    @Test
    void leavesAFileAloneThatIsNoConfiguration() throws IOException {
        var file = Files.writeString(folder.resolve("caddy.json"), "");
        try (var engine = CaddyFileEngine.of(CaddyEngineOptions.builder(folder.resolve("work"))
                .program(RunningCaddy.PROGRAM)
                .bootFile(file)
                .build())) {
            assertThat(engine.running().content().files()).isEmpty();

            for (var other : List.of(":80 {\n\trespond here\n}", "[]", "{\"apps\":")) {
                Files.writeString(file, other);
                assertThatThrownBy(engine::running)
                        .isInstanceOfSatisfying(
                                EngineException.class,
                                e -> assertThat(e.problem()).isEqualTo(EngineException.Problem.UNAVAILABLE))
                        .hasMessageContaining("caddy.json says no configuration of Caddy");
                assertThat(file).hasContent(other);
            }
        }
    }
}
