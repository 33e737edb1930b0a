package dev.rookery.daemon;

import static org.awaitility.Awaitility.await;

import dev.rookery.api.ConflictException;
import dev.rookery.api.Json;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.panel.ProcessConfiguration;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.token.NodeCredentials;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A daemon with its HTTP edge and one server without an engine, in a process of its own, to be killed. Says its port. */
final class EdgeProgram {

    static final NodeCredentials CREDENTIALS =
            new NodeCredentials("AbCdEfGh12345678", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");

    private EdgeProgram() {}

    public static void main(String[] args) throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var server = ServerId.parse(args[2]);
        var panel = new MemoryPanel();
        panel.configurations.put(
                server,
                edited(TestNode.configuration(
                        server,
                        "true",
                        settings -> settings.skipEggScripts(true),
                        new ProcessConfiguration.Stop("command", "stop"))));
        var options = DaemonOptions.builder(UUID.fromString(args[1]), Path.of(args[0]))
                .credentials(CREDENTIALS)
                .panelUrl(URI.create("http://panel.rookery.example"))
                .api(ApiOptions.builder().host("127.0.0.1").port(0).build())
                .build();
        try (var daemon = Daemon.builder(options, panel)
                .environment(context -> new MemoryEnvironment())
                .build()) {
            daemon.start();
            if (daemon.node().servers().isEmpty()) {
                create(daemon, server);
            }
            out.println("port " + daemon.address().orElseThrow().getPort());
            System.in.transferTo(PrintStream.nullOutputStream());
        }
    }

    /** Each process sets another value in {@code server.properties}, if that is there, when the server is started. */
    private static ServerConfiguration edited(ServerConfiguration configuration) {
        var stamp = new ProcessConfiguration.Replacement(
                "stamp", Optional.empty(), new Json.Text(Long.toString(System.nanoTime())));
        var file = new ProcessConfiguration.ConfigFile(
                "server.properties", "properties", List.of(stamp), Optional.of(false));
        var process = configuration.process();
        return new ServerConfiguration(
                configuration.settings(), new ProcessConfiguration(process.startup(), process.stop(), List.of(file)));
    }

    private static void create(Daemon daemon, ServerId server) {
        try {
            daemon.node().createServer(new CreateServer(server, false));
        } catch (ConflictException e) {
            // The node has read the panel's list meanwhile.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !daemon.node().servers().isEmpty());
        }
    }

    /** A process that runs it. */
    static final class Running {

        private final Process process;
        private final int port;

        private Running(Process process, int port) {
            this.process = process;
            this.port = port;
        }

        static Running launch(Path root, UUID node, ServerId server) throws IOException {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            EdgeProgram.class.getName(),
                            root.toString(),
                            node.toString(),
                            server.toString())
                    .redirectError(new File(root.toFile(), "stderr"))
                    .start();
            var output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("port ")) {
                    return new Running(process, Integer.parseInt(line.substring("port ".length())));
                }
            }
            throw new IOException("the node ended: " + Files.readString(root.resolve("stderr")));
        }

        int port() {
            return port;
        }

        void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
