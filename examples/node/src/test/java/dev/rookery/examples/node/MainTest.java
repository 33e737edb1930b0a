package dev.rookery.examples.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves the program as a process: its exit codes, what it says, and that it runs without its panel. */
class MainTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String KEY = "papp_" + "k".repeat(43);

    @TempDir
    Path directory;

    private record Outcome(int exitCode, String out, String err) {}

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rookery.examples.node.Main"));
        if (Runtime.version().feature() >= 22) {
            // As the packaged program has it in its manifest.
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private Outcome run(String... arguments) throws Exception {
        var process = start(arguments);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
            return new Outcome(process.exitValue(), out(), Files.readString(directory.resolve("err")));
        } finally {
            process.destroyForcibly();
        }
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private Path config(int port, String more) throws IOException {
        return Files.writeString(
                directory.resolve("config.yml"), """
                uuid: 5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c
                token_id: AbCdEfGh12345678
                token: %s
                remote: http://127.0.0.1:1
                api: {host: 127.0.0.1, port: %d}
                system: {root_directory: %s, sftp: {bind_address: 127.0.0.1, bind_port: 0}}
                %s
                """.formatted(TOKEN, port, directory.resolve("root"), more));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assertOneLine(Outcome outcome, String... parts) {
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("rookery-node: ").contains(parts));
        assertThat(outcome.err() + outcome.out()).doesNotContain(TOKEN).doesNotContain(KEY);
    }

    @Test
    void saysInOneLineWhatIsWrongWithTheConfiguration() throws Exception {
        assertOneLine(run("--config", directory.resolve("none.yml").toString()), "none.yml: there is no such file");
        assertOneLine(
                run("--config", config(8080, "api_port: 1").toString()),
                "config.yml, line 7, column 1: unknown key 'api_port' (did you mean 'api.port'?)");
        assertOneLine(run("--nonsense"), "--nonsense");
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertOneLine(
                    run("--config", config(taken.getLocalPort(), "").toString()),
                    "cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void runsWithoutItsPanelAndEndsWhenTold() throws Exception {
        int port = freePort();
        var process = start(
                "--config", config(port, "ignore_panel_wings_upgrades: true").toString());
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> reachable(port) || !process.isAlive());
            assertThat(status(port, TOKEN)).isIn(200, 500);
            assertThat(status(port, "wrong")).isEqualTo(403);
            await().atMost(Duration.ofSeconds(60)).until(() -> out().contains("panel cannot be asked"));

            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out())
                    .contains("sets what this version does not use: ignore_panel_wings_upgrades (line 7)")
                    .contains("ending; the servers go on")
                    .contains("ended")
                    .doesNotContain(TOKEN);
            assertThat(out().split("panel cannot be asked", -1)).as("said once").hasSize(2);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void writesItsLogForCollectorsAndItsLastLinesIntoReports() throws Exception {
        int port = freePort();
        var process = start("--config", config(port, "").toString(), "--log-format", "json");
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> out().contains(" is up, version") || !process.isAlive());

            // Without a line that is being written.
            var out = out();
            var whole = out.substring(0, out.lastIndexOf('\n'));
            assertThat(whole.lines())
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("{\"")
                            .endsWith("}")
                            .contains("\"level\":\"", "\"formattedMessage\":\""));
            assertThat(ask(port, "/api/diagnostics?log_lines=50", TOKEN).body())
                    .contains("Rookery node", " is up, version")
                    .doesNotContain(TOKEN, "127.0.0.1:1");
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean reachable(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException ignored) {
            // Not yet.
            return false;
        }
    }

    private static int status(int port, String token) throws Exception {
        return ask(port, "/api/system", token).statusCode();
    }

    private static HttpResponse<String> ask(int port, String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String[] configure(int port, String... more) {
        var arguments = new ArrayList<>(List.of(
                "configure",
                "--panel-url",
                "http://127.0.0.1:" + port,
                "--token",
                KEY,
                "--node",
                "1",
                "--config",
                directory.resolve("node/config.yml").toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static HttpServer panel() throws IOException {
        var panel = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        panel.createContext("/api/application/nodes/1/configuration", exchange -> {
            boolean known =
                    ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = (known
                            ? "{\"debug\":false,\"uuid\":\"5b8e0f6e-7d0c-4a8e-9a53-0d6f7f1a2b3c\",\"token_id\":\"AbCdEfGh12345678\","
                                    + "\"token\":\"" + TOKEN + "\",\"api\":{\"host\":\"0.0.0.0\",\"port\":8080},"
                                    + "\"remote\":\"http://elsewhere.example\"}"
                            : "{\"errors\":[{\"code\":\"AuthenticationException\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        panel.start();
        return panel;
    }

    @Test
    void writesTheConfigurationThatThePanelGives() throws Exception {
        var panel = panel();
        try {
            int port = panel.getAddress().getPort();
            var outcome = run(configure(port, "--set", "api.port=8180", "--set", "api.host=127.0.0.1"));

            assertThat(outcome).returns(0, Outcome::exitCode);
            assertThat(outcome.out()).contains("wrote " + directory.resolve("node/config.yml"));
            assertThat(Files.readString(directory.resolve("node/config.yml")))
                    .contains("port: 8180", "host: 127.0.0.1", "remote: http://127.0.0.1:" + port, TOKEN);
            assertOneLine(run(configure(port)), "is there already (to change it: --override)");
            assertThat(run(configure(port, "--override")).exitCode()).isZero();
        } finally {
            panel.stop(0);
        }
    }

    @Test
    void saysInOneLineWhyItCannotConfigure() throws Exception {
        var panel = panel();
        try {
            int port = panel.getAddress().getPort();
            var wrong = configure(port);
            wrong[4] = "papp_" + "x".repeat(43);
            assertOneLine(run(wrong), "the panel did not accept the key");
            assertOneLine(
                    run(configure(port, "--set", "api.prot=1")),
                    "--set api.prot: unknown key (did you mean 'api.port'?)");
            assertOneLine(run(configure(port, "--set", "api.port=x")), "api.port: x (expected: a whole number");
        } finally {
            panel.stop(0);
        }
        assertOneLine(run(configure(1)), "the panel http://127.0.0.1:1 cannot be reached");
        assertThat(directory.resolve("node/config.yml")).doesNotExist();
    }
}
