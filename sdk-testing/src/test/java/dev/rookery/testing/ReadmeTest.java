package dev.rookery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.ServerAssembly;
import dev.rookery.api.egg.ServerPlan;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.panel.Allocation;
import dev.rookery.api.panel.Allocations;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallReport;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.daemon.Daemon;
import dev.rookery.daemon.DaemonOptions;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.testing.node.FakeNode;
import dev.rookery.testing.node.RecordingConsoleListener;
import dev.rookery.testing.panel.FakePanel;
import dev.rookery.wings.HttpNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows runs, and the README shows what runs here. */
@Timeout(120)
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/rookery/testing/ReadmeTest.java");
    private static final Path EGG = Path.of("../examples/panel/src/main/resources/eggs/echo.json");

    @TempDir
    Path folder;

    @Test
    void readsAnEggAndAssemblesAServer() throws IOException {
        var file = EGG;

        // snippet: api
        var egg = EggReader.read(Files.readAllBytes(file)).egg();
        var plan = ServerPlan.builder(egg)
                .id(ServerId.random())
                .name("Lobby")
                .limits(Build.builder().memoryMebibytes(1024).build())
                .allocations(Allocations.of(new Allocation("203.0.113.10", 30000), List.of()))
                .build();
        ServerConfiguration configuration = ServerAssembly.configuration(egg, plan);
        // end

        assertThat(configuration.settings().meta().name()).isEqualTo("Lobby");
    }

    @Test
    void drivesANode() throws IOException {
        var panel = new FakePanel();
        var id = ServerId.random();
        panel.put(ContractServer.configuration(id, false), ContractServer.install());
        try (var daemon = RunningEdge.over(FakeNode.create(panel))) {
            var url = daemon.url();
            var credentials = daemon.credentials();
            var listener = new RecordingConsoleListener();

            // snippet: client
            Node node = HttpNode.builder(url, credentials)
                    .panelUrl("https://panel.example.com")
                    .build();
            node.createServer(new CreateServer(id, true));
            try (var console = node.server(id).console(ConsoleOptions.after(0), listener)) {
                console.sendCommand("say hello");
            }
            // end

            Eventually.holds(
                    "the report",
                    Duration.ofSeconds(10),
                    () -> !panel.installs(id).isEmpty());
        }
    }

    @Test
    void answersNodesInsideAnyWebFramework() {
        var url = URI.create("https://panel.example.com");
        Map<String, String> headers = Map.of();
        var body = InputStream.nullInputStream();

        // snippet: panel
        var store = new InMemoryPanelStore();
        var service = PanelService.builder(
                        store,
                        node -> HttpNode.builder(node.url(), node.credentials()).build(),
                        new ReadEggInterpreter())
                .build();
        service.start();

        var endpoint = new PanelEndpoint(service, new Enrolment(store.nodes(), url, Clock.systemUTC()));
        var answer = endpoint.handle(new PanelRequest("GET", "/api/remote/servers", Map.of(), headers, body));
        // end

        assertThat(answer.status()).isEqualTo(401);
        service.close();
    }

    @Test
    @Tag("docker")
    void embedsADaemon() {
        var panel = new FakePanel();
        var id = ServerId.random();
        panel.put(ContractServer.configuration(id, false), ContractServer.install());
        var nodeUuid = UUID.randomUUID();
        var root = folder;

        // snippet: daemon
        try (var daemon = Daemon.builder(DaemonOptions.builder(nodeUuid, root).build(), panel)
                .build()) {
            daemon.start();
            daemon.node().createServer(new CreateServer(id, true));
            // end
            Eventually.holds(
                    "the report",
                    Duration.ofSeconds(60),
                    () -> !panel.installs(id).isEmpty());
            daemon.node().server(id).delete();
        }
    }

    @Test
    void testsWithoutContainers() {
        var id = ServerId.random();

        // snippet: testing
        var panel = new FakePanel();
        panel.put(ContractServer.configuration(id, false), ContractServer.install());
        try (var node = FakeNode.create(panel)) {
            node.createServer(new CreateServer(id, false));
            Eventually.holds(
                    "the report",
                    Duration.ofSeconds(5),
                    () -> panel.installs(id).contains(new InstallReport(true, false)));
            node.server(id).power(PowerAction.START);
        }
        // end
    }

    @Test
    void theReadmeShowsTheseSnippets() throws IOException {
        var readme = Files.readString(README);
        var source = Files.readAllLines(SOURCE);

        for (var name : List.of("api", "client", "panel", "daemon", "testing")) {
            assertThat(readme).as("snippet '" + name + "' of " + SOURCE).contains(snippet(source, name));
        }
    }

    private static String snippet(List<String> source, String name) {
        var lines = source.stream()
                .dropWhile(line -> !line.strip().equals("// snippet: " + name))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// end"))
                .toList();
        assertThat(lines).as(name).isNotEmpty();
        int indent = lines.get(0).length() - lines.get(0).stripLeading().length();
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .collect(Collectors.joining("\n"));
    }
}
