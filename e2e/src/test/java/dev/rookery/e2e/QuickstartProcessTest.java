package dev.rookery.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.examples.panel.PanelClient;
import dev.rookery.testing.Eventually;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./quickstart --runtime process} on a machine without a container engine, as someone types it who has just cloned. */
@Tag("root")
@Timeout(240)
class QuickstartProcessTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String PASSWORD = "of-this-test-only-7";
    private static final int GAME_PORT = 31_900;

    @TempDir
    Path folder;

    private Path programs;

    @BeforeEach
    void hideTheEngine() throws IOException {
        for (var program : List.of("panel", "node")) {
            var jar = PROJECT.resolve("examples/" + program + "/target/rookery-" + program + ".jar");
            assumeTrue(Files.isRegularFile(jar), "needs " + jar.getFileName() + ": run 'mvn verify', which packs it");
        }
        programs = Files.createDirectory(folder.resolve("bin"));
        for (var path : System.getenv("PATH").split(File.pathSeparator, -1)) {
            link(Path.of(path));
        }
        assertThat(programs.resolve("docker")).doesNotExist();
        assertThat(programs.resolve("bash")).exists();
    }

    private void link(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var files = Files.newDirectoryStream(from)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var link = programs.resolve(name);
                if (!name.matches("docker.*|containerd.*|podman.*") && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, file);
                }
            }
        }
    }

    @AfterEach
    void reset() throws Exception {
        quickstart("--reset");
    }

    @Test
    void runsTheSampleOfAFewLines() throws Exception {
        assertThat(quickstart("--runtime", "process")).contains("Rookery is running: http://127.0.0.1:");
        var client = new PanelClient(
                        URI.create(Files.readString(folder.resolve("state/url")).strip()))
                .logIn("admin", PASSWORD);
        var egg = client.post(
                        "/api/admin/eggs",
                        Files.readString(PROJECT.resolve("examples/panel/src/main/resources/eggs/echo.json")))
                .ok()
                .path("id")
                .asLong();
        var allocation = client.get("/api/admin/nodes/1/allocations")
                .ok()
                .path("items")
                .get(0)
                .path("id")
                .asLong();
        var wanted = client.newServer("Echo", 1, egg, allocation, "~rookery/test:1");
        wanted.putObject("variables")
                .put("INSTALL_SECONDS", "0")
                .put("TICK_SECONDS", "1")
                .put("GREETING", "hello");
        var server = client.post("/api/admin/servers", wanted.toString())
                .ok()
                .path("uuid")
                .asText();
        awaits(client, server, "status ready", () -> client.status(server).equals("ready"));

        client.power(server, "start").ok();
        awaits(client, server, "running", () -> client.state(server).equals("running"));

        try (var console = client.console(server, 0)) {
            Eventually.holds("ticks", Flight.SOON, () -> console.hasLine("tick 2"));
            console.command("say it works");
            Eventually.holds("the answer", Flight.SOON, () -> console.hasLine("You say: it works"));
        }

        client.power(server, "stop").ok();
        awaits(client, server, "offline", () -> client.state(server).equals("offline"));
        assertThat(quickstart("--stop")).contains("Stopped.");
    }

    private void awaits(PanelClient client, String server, String what, BooleanSupplier condition) {
        Eventually.holds(
                () -> what + ", is " + client.get("/api/servers/" + server).body() + "\nnode:\n" + nodeLog(),
                Flight.LATER,
                condition);
    }

    private String nodeLog() {
        try {
            return Files.readString(folder.resolve("state/log/node.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String quickstart(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("bash", "./quickstart"));
        command.addAll(List.of(arguments));
        var output = folder.resolve("quickstart.log");
        var builder = new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.remove("DOCKER_HOST");
        environment.put("PATH", programs.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("ROOKERY_STATE", folder.resolve("state").toString());
        environment.put("ROOKERY_BUILT", "1");
        environment.put("ROOKERY_PANEL_PORT", "0");
        environment.put("ROOKERY_NODE_PORT", "0");
        environment.put("ROOKERY_SFTP_PORT", "0");
        environment.put("ROOKERY_GAME_PORTS", GAME_PORT + "-" + (GAME_PORT + 2));
        environment.put("ROOKERY_ADMIN_PASSWORD", PASSWORD);
        var process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        var said = Files.readString(output);
        assertThat(ended).describedAs(said).isTrue();
        assertThat(process.exitValue()).describedAs(said).isZero();
        return said;
    }
}
