package dev.rookery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.Content;
import dev.rookery.api.NodeId;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.console.ConsoleReader;
import dev.rookery.api.egg.EggLint;
import dev.rookery.api.egg.EggReader;
import dev.rookery.api.egg.ServerAssembly;
import dev.rookery.api.egg.ServerPlan;
import dev.rookery.api.egg.rule.VariableRules;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.panel.Build;
import dev.rookery.api.panel.InstallScript;
import dev.rookery.api.panel.Panel;
import dev.rookery.api.panel.ServerConfiguration;
import dev.rookery.api.panel.ServerPage;
import dev.rookery.api.permission.Permissions;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelRequest;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.testing.node.NodeExtension;
import dev.rookery.wings.Fleet;
import dev.rookery.wings.HttpNode;
import dev.rookery.wings.HttpPanel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the guide for panel developers shows runs, and it shows what runs here. */
@Timeout(60)
class PanelDevelopersGuideTest {

    private static final Path GUIDE = Path.of("../docs/guide/panel-developers.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/rookery/testing/PanelDevelopersGuideTest.java");

    @RegisterExtension
    final NodeExtension daemon = new NodeExtension();

    private final ServerId id = ServerId.random();

    // snippet: panel
    /** Everything a node has to know, from wherever you keep it. */
    record SmallPanel(Map<ServerId, ServerConfiguration> servers, InstallScript script) implements Panel {

        @Override
        public Panel with(CallOptions options) {
            return this;
        }

        @Override
        public ServerPage servers(int page, int perPage) {
            var entries = servers.entrySet().stream()
                    .map(entry -> new ServerPage.Entry(entry.getKey().toString(), entry.getValue(), null))
                    .toList();
            return new ServerPage(entries, 1, 1, entries.size());
        }

        @Override
        public ServerConfiguration configuration(ServerId server) {
            if (!servers.containsKey(server)) {
                throw new NotFoundException("no server " + server);
            }
            return servers.get(server);
        }

        @Override
        public InstallScript installScript(ServerId server) {
            return script;
        }
    }
    // end

    @Test
    void answersTheNode() throws IOException {
        var credentials = daemon.credentials();
        var configuration = ContractServer.configuration(id, false);
        var script = ContractServer.install();

        // snippet: endpoint
        var endpoint = PanelEndpoint.of(new SmallPanel(Map.of(id, configuration), script), credentials);

        var http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext("/", exchange -> {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            var answer = endpoint.handle(new PanelRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Map.of(),
                    headers,
                    exchange.getRequestBody()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        http.start();
        // end

        var asked = HttpPanel.builder(
                        URI.create("http://127.0.0.1:" + http.getAddress().getPort()), credentials)
                .build();
        assertThat(asked.configuration(id).settings().uuid()).isEqualTo(id);
        assertThat(asked.servers(1, 50).total()).isEqualTo(1);
        http.stop(0);
    }

    @Test
    void bringsAServerToLifeAndShowsItsConsole() throws IOException {
        daemon.panel().put(ContractServer.configuration(id, false), ContractServer.install());
        var url = daemon.url();
        var credentials = daemon.credentials();
        var panelUrl = NodeExtension.PANEL_URL;

        // snippet: node
        Node node = HttpNode.builder(url, credentials) // finds out itself whose daemon it is
                .panelUrl(panelUrl) // exactly as the node's configuration calls it
                .build();
        node.createServer(new CreateServer(id, true)); // installs, then starts
        // end
        Eventually.holds(
                "running",
                Duration.ofSeconds(20),
                () -> ServerState.RUNNING.equals(node.server(id).details().state()));

        // snippet: console
        var server = node.server(id);
        try (var console = ConsoleReader.open(server, ConsoleOptions.live())) {
            console.console().sendCommand("hello");
            while (console.hasNext()) {
                if (console.next() instanceof ConsoleEvent.Output output
                        && output.line().endsWith("hello")) {
                    break;
                }
            }
        }
        server.power(PowerAction.STOP);
        // end
        Eventually.holds(
                "offline",
                Duration.ofSeconds(20),
                () -> ServerState.OFFLINE.equals(server.details().state()));

        // snippet: files
        server.files().write("motd.txt", Content.of("welcome".getBytes(StandardCharsets.UTF_8)));
        var entries = server.files().list("/");
        // end
        assertThat(entries).anyMatch(entry -> entry.name().equals("motd.txt"));

        // snippet: browser
        var user = new Caller.User(
                UUID.randomUUID(),
                Permissions.owner(),
                "203.0.113.7",
                Instant.now().plusSeconds(3600));
        var token = TokenSigner.builder(credentials)
                .panelUrl(panelUrl)
                .nodeUrl(url.toString())
                .build()
                .console(id, user);
        var answer = Map.of(
                "token",
                token.text(),
                "socket",
                url.toString().replaceFirst("^http", "ws") + "/api/servers/" + id + "/ws");
        // end
        assertThat(answer.get("token")).contains(".");
    }

    @Test
    void asksManyNodes() {
        Node first = daemon.client();

        // snippet: fleet
        try (var fleet = Fleet.builder().node(new NodeId(1), first).build().start()) {
            var found = fleet.each(node -> node.system().version()).join();
            var versions = found.answers(); // of those that answered
            var reasons = found.failures(); // of those that did not
            // end
            assertThat(versions).hasSize(1);
            assertThat(reasons).isEmpty();
        }
    }

    @Test
    void makesServersOfEggs() {
        var file = """
                {"meta": {"version": "PTDL_v2"}, "name": "Echo", "author": "me@example.org",
                 "docker_images": {"Echo": "rookery/echo:1"}, "startup": "echo {{SLOTS}}",
                 "config": {"files": "{}", "startup": "{\\"done\\": \\"ready\\"}", "logs": "{}", "stop": "stop"},
                 "scripts": {"installation": {"script": "echo", "container": "rookery/echo:1", "entrypoint": "sh"}},
                 "variables": [{"name": "Slots", "env_variable": "SLOTS", "default_value": "8", "rules": "required|integer"}]}
                """.getBytes(StandardCharsets.UTF_8);
        var asked = Map.of("SLOTS", "many");
        // snippet: egg
        var reading = EggReader.read(file);
        var odd = EggLint.check(reading); // how bad, where, and what helps

        var answers = new LinkedHashMap<String, String>();
        var wrong = new ArrayList<String>();
        for (var variable : reading.egg().variables()) {
            var value = asked.getOrDefault(variable.envVariable(), variable.defaultValue());
            VariableRules.of(variable).check(value).forEach(failure -> wrong.add(failure.message()));
            answers.put(variable.envVariable(), value);
        }

        var plan = ServerPlan.builder(reading.egg())
                .id(id)
                .name("lobby")
                .putAllVariables(answers)
                .limits(Build.builder().memoryMebibytes(1024).build())
                .build();
        var configuration = ServerAssembly.configuration(reading.egg(), plan);
        var script = ServerAssembly.installScript(reading.egg());
        // end
        assertThat(odd).allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
        assertThat(wrong).hasSize(1);
        assertThat(configuration.settings().uuid()).isEqualTo(id);
        assertThat(script.containerImage()).isEqualTo("rookery/echo:1");
    }

    @Test
    void theGuideShowsTheseSnippets() throws IOException {
        var guide = Files.readString(GUIDE);
        var source = Files.readAllLines(SOURCE);

        for (var name : List.of("panel", "endpoint", "node", "console", "files", "browser", "egg", "fleet")) {
            assertThat(guide).as("snippet '" + name + "' of " + SOURCE).contains(snippet(source, name));
        }
    }

    private static String snippet(List<String> source, String name) {
        var lines = source.stream()
                .dropWhile(line -> !line.strip().equals("// snippet: " + name))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// end"))
                .toList();
        int indent = lines.get(0).length() - lines.get(0).stripLeading().length();
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(Math.min(indent, line.length())))
                .collect(Collectors.joining("\n"));
    }
}
