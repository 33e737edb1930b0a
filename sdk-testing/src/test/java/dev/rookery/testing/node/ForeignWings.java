package dev.rookery.testing.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.panel.spi.EggRecord;
import dev.rookery.panel.spi.NewEgg;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.testing.panel.PanelServer;
import dev.rookery.testing.wire.WireNode;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A daemon of another project, started by {@code scripts/foreign-wings}, whose panel is ours. */
public final class ForeignWings implements AutoCloseable {

    private static final Path SCRIPT = Path.of("../scripts/foreign-wings");
    private static final int PATIENCE_SECONDS = 120;
    private static final String EGG = """
            {"meta": {"version": "PTDL_v2"}, "name": "Idle", "author": "eggs@rookery.example", "description": "",
             "docker_images": {"Shell": "%s"}, "startup": "echo ready && cat",
             "config": {"files": "{}", "startup": "{\\"done\\": \\"ready\\"}", "logs": "{}", "stop": "^C"},
             "scripts": {"installation": {"script": "echo", "container": "%s", "entrypoint": "sh"}},
             "variables": []}
            """.formatted(ContractServer.IMAGE, ContractServer.IMAGE);

    final FakePanel panel;
    final NodeCredentials credentials;
    private final PanelServer panelServer;
    private final Dialect dialect;
    private final Path binary;
    private final Path data;
    private final int port;

    /**
     * Starts a daemon; {@code ROOKERY_WINGS_PELICAN} and the like name the program. Passes the tests over if none is named.
     *
     * @param dialect whose it is
     * @param data an empty directory for everything it keeps
     */
    public static ForeignWings start(Dialect dialect, Path data) throws IOException, InterruptedException {
        var panel = new FakePanel();
        return start(dialect, data, NodeCredentials.random(new SecureRandom()), panel, panel, freePort());
    }

    /** Starts a daemon of another panel than one of those for tests. */
    static ForeignWings start(Dialect dialect, Path data, NodeCredentials credentials, Panel panel)
            throws IOException, InterruptedException {
        return start(dialect, data, credentials, panel, freePort());
    }

    /** Starts a daemon of another panel than one of those for tests, at a port that the panel knows already. */
    static ForeignWings start(Dialect dialect, Path data, NodeCredentials credentials, Panel panel, int port)
            throws IOException, InterruptedException {
        return start(dialect, data, credentials, panel, new FakePanel(), port);
    }

    private static ForeignWings start(
            Dialect dialect, Path data, NodeCredentials credentials, Panel asked, FakePanel panel, int port)
            throws IOException, InterruptedException {
        var variable = "ROOKERY_WINGS_" + dialect.name();
        var binary = System.getenv(variable);
        assumeTrue(binary != null, variable + " names no program");
        return new ForeignWings(dialect, Path.of(binary), data, credentials, asked, panel, port);
    }

    private ForeignWings(
            Dialect dialect,
            Path binary,
            Path data,
            NodeCredentials credentials,
            Panel asked,
            FakePanel panel,
            int port)
            throws IOException, InterruptedException {
        this.credentials = credentials;
        this.panel = panel;
        this.data = data;
        this.dialect = dialect;
        this.binary = binary;
        panelServer = PanelServer.start(asked, credentials, 0);
        this.port = port;
        var token = Files.writeString(data.resolve("token"), credentials.token());
        run(List.of(
                "start",
                dialect.wireName(),
                "--binary",
                binary.toString(),
                "--data",
                data.toString(),
                "--panel-url",
                panelServer.url().toString(),
                "--api-port",
                Integer.toString(port),
                "--sftp-port",
                Integer.toString(freePort()),
                "--uuid",
                UUID.randomUUID().toString(),
                "--token-id",
                credentials.tokenId(),
                "--token-file",
                token.toString()));
    }

    /** Adds an egg whose servers say that they are ready, and wait. */
    static EggRecord idleEgg(PanelStore store) {
        return store.eggs().add(NewEgg.of(EGG.getBytes(StandardCharsets.UTF_8), Instant.now()));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    HttpNode node() {
        return HttpNode.builder(url(), credentials)
                .panelUrl(panelServer.url().toString())
                .build();
    }

    public WireNode onTheWire() {
        return new WireNode(dialect, url(), credentials, panelServer.url().toString(), panel, false);
    }

    /** Returns what the program says of its version, as far as it says anything. */
    public String version() {
        try {
            var process = new ProcessBuilder(binary.toString(), "version")
                    .redirectErrorStream(true)
                    .start();
            try (var output = process.inputReader()) {
                var line = output.readLine();
                return dialect.wireName() + " " + (line == null ? "" : line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            run(List.of("stop", "--data", data.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            panelServer.close();
        }
    }

    private static void run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(arguments);
        var output = Files.createTempFile("foreign-wings", ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new AssertionError(arguments.get(0) + " failed: " + Files.readString(output));
        }
        Files.delete(output);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
