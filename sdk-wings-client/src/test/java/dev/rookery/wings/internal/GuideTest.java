package dev.rookery.wings.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.Content;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.console.ConsoleReader;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.wings.Fleet;
import dev.rookery.wings.FleetOptions;
import dev.rookery.wings.FleetResult;
import dev.rookery.wings.HttpNode;
import dev.rookery.wings.HttpPanel;
import dev.rookery.wings.PanelEnrolment;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows, and that it shows what is here. */
@Timeout(60)
class GuideTest {

    private static final Path GUIDE = Path.of("../docs/guide/wings-client.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/rookery/wings/internal/GuideTest.java");

    @TempDir
    private Path directory;

    private final List<String> reported = new ArrayList<>();
    private ConsolePeer peer;
    private URI url;
    private NodeCredentials credentials;
    private ServerId id;

    @BeforeEach
    void start() throws IOException {
        peer = new ConsolePeer();
        url = peer.server.url("/").uri();
        credentials = peer.credentials;
        id = peer.id;
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void drivesANode() {
        peer.answerNext(404, "{\"error\":\"The requested resource does not exist on this instance.\"}");
        peer.answerNext(202, "");
        peer.answerNext(202, "");
        peer.answerNext(502, "{\"error\":\"Cannot send commands to a stopped server instance.\"}");

        // snippet: node
        Node node = HttpNode.builder(url, credentials)
                .client(new OkHttpClient()) // share one among all nodes
                .panelUrl("https://panel.example") // as the node has it in its configuration
                .build();

        node.createServer(new CreateServer(id, true));
        NodeServer server =
                node.with(CallOptions.deadline(Duration.ofSeconds(5))).server(id);
        server.power(PowerAction.RESTART);
        // end

        assertThatThrownBy(() -> server.sendCommands(List.of("say hi"))).isInstanceOf(ConflictException.class);
    }

    @Test
    void movesFiles() throws IOException {
        var server = HttpNode.builder(url, credentials)
                .dialect(Dialect.PELICAN)
                .build()
                .server(id);
        var world = Files.writeString(directory.resolve("world.zip"), "bytes");
        var copy = directory.resolve("copy.zip");
        peer.answerNext(204, "");
        peer.answerNext(200, "bytes");

        // snippet: files
        server.files().write("backups/world.zip", Content.of(FileChannel.open(world)));

        try (Content content = server.files().read("backups/world.zip")) {
            Files.copy(content.stream(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        // end

        assertThat(copy).hasContent("bytes");
    }

    @Test
    void opensAConsole() throws Exception {
        peer.numbering();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        var node =
                HttpNode.builder(url, credentials).panelUrl(ConsolePeer.PANEL).build();
        long lastSeen = 41;
        var session = CompletableFuture.supplyAsync(() -> {
            try {
                var accepted = peer.accepted();
                accepted.line(42);
                return accepted;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        // snippet: console
        Caller user = new Caller.User(
                UUID.randomUUID(),
                Permissions.owner(),
                "203.0.113.7",
                Instant.now().plusSeconds(3600));
        ConsoleListener listener = event -> {
            if (event instanceof ConsoleEvent.Output output) {
                lines.add(output.number().orElse(0) + " " + output.line());
            } else if (event instanceof ConsoleEvent.Gap gap) {
                lines.add("lines " + gap.from() + " to " + gap.to() + " are missing");
            }
        };
        try (Console console = node.as(user).server(id).console(ConsoleOptions.after(lastSeen), listener)) {
            console.sendCommand("say hi");
            // end
            assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo("42 line 42");
            assertThat(session.get(10, TimeUnit.SECONDS).frame().text()).isEqualTo("say hi");
        }
    }

    @Test
    void readsAConsole() throws Exception {
        var server = HttpNode.builder(url, credentials)
                .panelUrl(ConsolePeer.PANEL)
                .build()
                .server(id);
        CompletableFuture.runAsync(() -> {
            try {
                var session = peer.accepted();
                session.send("console output", "hello");
                session.send("deleted", "null");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        var lines = new ArrayList<String>();

        // snippet: reader
        try (ConsoleReader reader = ConsoleReader.open(server, ConsoleOptions.live())) {
            while (reader.hasNext()) {
                if (reader.next() instanceof ConsoleEvent.Output output) {
                    lines.add(output.line());
                }
            }
        }
        // end

        assertThat(lines).containsExactly("hello");
    }

    @Test
    void asksManyNodes() {
        var system =
                "{\"architecture\":\"amd64\",\"cpu_count\":2,\"kernel_version\":\"6.1\",\"os\":\"linux\",\"version\":\"1.0\"}";
        peer.answerNext(200, system);
        Map<NodeId, Node> nodes =
                Map.of(new NodeId(1), HttpNode.builder(url, credentials).build());
        var options = FleetOptions.builder().pollInterval(Duration.ZERO).build();

        // snippet: fleet
        try (Fleet fleet = Fleet.builder().nodes(nodes).options(options).build().start()) {
            FleetResult<SystemInformation> result = fleet.each(Node::system).join();
            result.answers().forEach((node, machine) -> report(node + " runs " + machine.version()));
            result.failures().forEach((node, failure) -> report(node + " failed: " + failure.getMessage()));
            result.notAsked().forEach((node, reason) -> report(node + " was not asked: " + reason));
        }
        // end

        assertThat(reported).containsExactly("1 runs 1.0");
    }

    private void report(String text) {
        reported.add(text);
    }

    @Test
    void asksAPanel() {
        peer.answerNext(200, "{\"data\":[],\"meta\":{\"current_page\":1,\"last_page\":1,\"total\":0}}");
        peer.answerNext(204, "");

        // snippet: panel
        Panel panel = HttpPanel.builder(url, credentials).version("1.2.3").build();

        ServerPage page = panel.servers(1, 50);
        panel.reportInstall(id, new InstallReport(true, false));
        // end

        assertThat(page.servers()).isEmpty();
    }

    @Test
    void enrolsANode() {
        peer.answerNext(200, "{\"token_id\":\"AbCdEfGh12345678\",\"api\":{\"port\":8080}}");
        var key = "papp_0123456789012345678901234567890123456789012";

        // snippet: enrolment
        var patch = PanelEnrolment.fetch(new OkHttpClient(), url, new NodeId(1), key, CallOptions.defaults());
        // end

        assertThat(patch.values()).containsKey("api.port");
    }

    @Test
    @Tag("source-tree")
    void theGuideShowsWhatRunsHere() throws IOException {
        var guide = Files.readString(GUIDE);

        var snippets = snippets();
        assertThat(snippets).hasSize(7);
        assertThat(snippets).allSatisfy(snippet -> assertThat(guide).contains(snippet));
    }

    private static List<String> snippets() throws IOException {
        var snippets = new ArrayList<String>();
        StringBuilder open = null;
        for (var line : Files.readAllLines(SOURCE)) {
            if (line.strip().startsWith("// snippet:")) {
                open = new StringBuilder();
            } else if (line.strip().equals("// end") && open != null) {
                snippets.add(open.toString().stripTrailing().stripIndent());
                open = null;
            } else if (open != null) {
                open.append(line).append('\n');
            }
        }
        return snippets;
    }
}
