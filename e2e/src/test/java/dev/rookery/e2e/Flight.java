package dev.rookery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A panel and a node with everything they keep in one folder; either can be ended and started again at any time. */
final class Flight implements AutoCloseable {

    static final String PANEL_MAIN = "dev.rookery.examples.panel.Main";
    static final String NODE_MAIN = "dev.rookery.examples.node.Main";
    static final String IMAGE = "rookery/test:1";
    static final Duration SOON = Duration.ofSeconds(15);
    static final Duration LATER = Duration.ofSeconds(90);

    private static final String ADMIN = "admin";
    private static final int GAME_PORTS = 10;
    private static final AtomicInteger NEXT_GAME_PORT = new AtomicInteger(31_000);

    private final Path folder;
    private final boolean ownCertificate;
    private final List<String> nodeSettings;
    private final int gamePorts = NEXT_GAME_PORT.getAndAdd(GAME_PORTS);
    private final int panelPort = freePort();
    private final int nodePort = freePort();
    private final String password;
    private final List<String> servers = new ArrayList<>();

    private Program panel;
    private Program node;

    private Flight(Path folder, boolean ownCertificate, List<String> nodeSettings) {
        this.folder = folder;
        this.ownCertificate = ownCertificate;
        this.nodeSettings = nodeSettings;
        password = panelCommand("create-admin", "--username", ADMIN, "--random-password")
                .path("password")
                .asText();
        panelCommand(
                "create-node",
                "--name",
                "node",
                "--url",
                nodeUrl().toString(),
                "--allocations",
                "127.0.0.1:" + gamePorts + "-" + (gamePorts + GAME_PORTS - 1));
        panel = startPanel();
        enrolNode();
        node = startNode(List.of());
    }

    /** Starts an enrolled node and its panel. */
    static Flight take(Path folder, String... nodeSettings) {
        return new Flight(folder, false, List.of(nodeSettings));
    }

    /** Starts a panel and a node that does TLS with a certificate which it has made itself. */
    static Flight takeWithOwnCertificate(Path folder, String... nodeSettings) {
        return new Flight(folder, true, List.of(nodeSettings));
    }

    PanelClient client() {
        return new PanelClient(panelUrl()).logIn(ADMIN, password);
    }

    URI panelUrl() {
        return URI.create("http://127.0.0.1:" + panelPort);
    }

    URI nodeUrl() {
        return URI.create((ownCertificate ? "https" : "http") + "://127.0.0.1:" + nodePort);
    }

    Path folder() {
        return folder;
    }

    Program panel() {
        return panel;
    }

    Program node() {
        return node;
    }

    /** Imports an egg of this test and returns its id. */
    long egg(String install, String startup, String done) {
        var egg = PanelClient.JSON.createObjectNode();
        egg.putObject("meta").put("version", "PTDL_v2").putNull("update_url");
        egg.put("exported_at", "2026-01-01T00:00:00+00:00")
                .put("name", "e2e")
                .put("author", "tests@rookery.example")
                .put("description", "made by an end-to-end test")
                .put("startup", startup);
        egg.putArray("features");
        egg.putArray("file_denylist");
        egg.putObject("docker_images").put("test", IMAGE);
        egg.putObject("config")
                .put("files", "{}")
                .put(
                        "startup",
                        PanelClient.JSON.createObjectNode().put("done", done).toString())
                .put("logs", "{}")
                .put("stop", "stop");
        egg.putObject("scripts")
                .putObject("installation")
                .put("script", install)
                .put("container", IMAGE)
                .put("entrypoint", "sh");
        egg.putArray("variables");
        return client().post("/api/admin/eggs", egg.toString()).ok().path("id").asLong();
    }

    /** Returns a free allocation. */
    long allocation() {
        for (var item : client().get("/api/admin/nodes/1/allocations").ok().path("items")) {
            if (item.path("server").isNull() || item.path("server").isMissingNode()) {
                return item.path("id").asLong();
            }
        }
        throw new AssertionError("no free allocation");
    }

    /** Commits a new server and returns its uuid. */
    String create(String name, long egg) {
        return create(name, egg, IMAGE);
    }

    /** Commits a new server with an image of its own and returns its uuid. */
    String create(String name, long egg, String image) {
        var client = client();
        var uuid = client.post(
                        "/api/admin/servers",
                        client.newServer(name, 1, egg, allocation(), image).toString())
                .ok()
                .path("uuid")
                .asText();
        servers.add(uuid);
        return uuid;
    }

    /** Waits until the panel shows a status. */
    void awaitStatus(String server, String status) {
        var client = client();
        Eventually.holds(
                () -> "status " + status + " of " + server + ", is "
                        + client.get("/api/servers/" + server).body() + "\nnode:\n" + tail(node.log()) + "\npanel:\n"
                        + tail(panel.log()),
                LATER,
                () -> client.status(server).equals(status));
    }

    /** Waits until the panel shows a power state. */
    void awaitState(String server, String state) {
        var client = client();
        Eventually.holds(
                () -> "state " + state + " of " + server + ", is " + client.state(server) + "\nnode:\n"
                        + tail(node.log()),
                LATER,
                () -> client.state(server).equals(state));
    }

    void restartPanel() {
        panel = startPanel();
    }

    void restartNode() {
        node = startNode(List.of());
    }

    void restartNode(List<String> jvm) {
        node = startNode(jvm);
    }

    /** Runs a command of the panel that prints JSON. */
    JsonNode panelCommand(String command, String... arguments) {
        var all = new ArrayList<String>(
                List.of(command, "--data", folder.resolve("panel").toString()));
        all.addAll(List.of(arguments));
        var outcome = Program.run(PANEL_MAIN, all);
        assertThat(outcome.exitCode()).as(command + ": " + outcome).isZero();
        try {
            return PanelClient.JSON.readTree(outcome.output());
        } catch (IOException e) {
            throw new AssertionError(command + " printed: " + outcome.output(), e);
        }
    }

    /** Enrols the node anew and writes its configuration. */
    void enrolNode() {
        var key = panelCommand("enrolment-key", "--node", "1").path("key").asText();
        var arguments = new ArrayList<String>(List.of(
                "configure",
                "--panel-url",
                panelUrl().toString(),
                "--token",
                key,
                "--node",
                "1",
                "--config",
                config().toString(),
                "--override"));
        var home = folder.resolve("node");
        var all = new ArrayList<String>(List.of(
                "api.host=127.0.0.1",
                "api.port=" + nodePort,
                "system.root_directory=" + home,
                "system.data=" + home.resolve("volumes"),
                "system.log_directory=" + home.resolve("logs"),
                "system.tmp_directory=" + home.resolve("tmp"),
                "system.archive_directory=" + home.resolve("archives"),
                "system.backup_directory=" + home.resolve("backups"),
                "system.sftp.bind_port=" + freePort(),
                "docker.network.name=rookery_e2e",
                "docker.network.network_mode=rookery_e2e"));
        all.addAll(nodeSettings);
        for (var setting : all) {
            arguments.add("--set");
            arguments.add(setting);
        }
        if (ownCertificate) {
            arguments.add("--self-signed");
        }
        var outcome = Program.run(NODE_MAIN, arguments);
        assertThat(outcome.exitCode()).as("configure: " + outcome).isZero();
    }

    Path config() {
        return folder.resolve("config.yml");
    }

    private Program startPanel() {
        var started = Program.start(
                folder.resolve("panel.log"),
                List.of(),
                PANEL_MAIN,
                List.of(
                        "serve",
                        "--data",
                        folder.resolve("panel").toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(panelPort),
                        "--url",
                        panelUrl().toString()));
        awaitPort(started, panelPort);
        return started;
    }

    private Program startNode(List<String> jvm) {
        var started =
                Program.start(folder.resolve("node.log"), jvm, NODE_MAIN, List.of("--config", config().toString()));
        awaitPort(started, nodePort);
        return started;
    }

    private static void awaitPort(Program program, int port) {
        Eventually.holds(() -> "port " + port + " open; log:\n" + program.log(), LATER, () -> {
            if (!program.alive()) {
                throw new AssertionError("the program ended; log:\n" + program.log());
            }
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Returns the credentials in the node's configuration file. */
    String setting(String key) {
        try {
            for (var line : Files.readAllLines(config(), StandardCharsets.UTF_8)) {
                if (line.startsWith(key + ":")) {
                    return line.substring(key.length() + 1).strip().replaceAll("^[\"']|[\"']$", "");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no " + key + " in the node's configuration");
    }

    @Override
    public void close() {
        if (!panel.alive()) {
            restartPanel();
        }
        if (!node.alive()) {
            restartNode();
        }
        try {
            var client = client();
            servers.forEach(server -> client.delete("/api/servers/" + server));
            Eventually.holds(
                    "every server of the test is deleted",
                    LATER,
                    () -> servers.stream()
                            .allMatch(server -> client.status(server).equals("absent")));
        } finally {
            node.close();
            panel.close();
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(String log) {
        return log.substring(Math.max(0, log.length() - 4000));
    }
}
