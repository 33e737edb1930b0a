package dev.rookery.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Caller;
import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Node;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.testing.node.ContractServer;
import dev.rookery.testing.node.FakeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

/** The panel over HTTP, with a node that needs no containers. */
class SpringPanelTest {

    private static final AtomicReference<Node> NODE = new AtomicReference<>();
    private static final String EGG =
            """
            {
              "meta": {"version": "PTDL_v2"},
              "name": "Contract",
              "author": "eggs@rookery.example",
              "docker_images": {"Shell": "%s"},
              "startup": "sh run.sh",
              "config": {"files": "{}", "startup": "{\\"done\\": \\"%s\\"}", "logs": "{}", "stop": "%s"},
              "scripts": {"installation": {"script": "echo", "container": "%s", "entrypoint": "sh"}},
              "variables": []
            }
            """.formatted(ContractServer.IMAGE, ContractServer.READY, ContractServer.STOP, ContractServer.IMAGE);

    private static RunningPanel panel;
    private static FakeNode node;
    private static String nodeId;
    private static String eggId;

    /** Not annotated, or the other test's panel would find it as well. */
    static class Nodes {
        @Bean
        @Primary
        NodeDirectory fake() {
            return node -> NODE.get();
        }
    }

    @BeforeAll
    static void start() {
        panel = new RunningPanel(Nodes.class);
        var service = panel.part(PanelService.class);
        node = FakeNode.create(service.forNode(new NodeId(1)));
        NODE.set(node);
        nodeId = panel.post("/panel/nodes", nodeForm("local", "30000-30009"))
                .path("node")
                .asString();
        eggId = panel.importEgg(EGG).path("id").asString();
    }

    @AfterAll
    static void stop() {
        panel.close();
        node.close();
    }

    @Test
    void createsStartsAndStopsAServer() {
        var server = create("Lobby");
        panel.awaitStatus(server, "READY");

        panel.power(server, "start");
        panel.awaitState(server, "running");

        panel.power(server, "stop");
        panel.awaitState(server, "offline");
    }

    @Test
    void showsTheConsoleAndTakesCommands() {
        var server = running("Console");
        try (var console = panel.console(server)) {
            console.await(ContractServer.READY);

            panel.command(server, "grüße & mehr");

            console.await(ContractServer.ANSWER + "grüße & mehr");
        }
    }

    @Test
    void goesOnAfterTheLineThatTheBrowserSawLast() {
        var server = running("Resume");
        long last;
        try (var console = panel.console(server)) {
            console.await(ContractServer.READY);
            last = console.numbers().get(0);
        }
        panel.command(server, "meanwhile");

        try (var console = panel.console(server, "Last-Event-ID", Long.toString(last))) {
            console.await(ContractServer.ANSWER + "meanwhile");

            assertThat(console.numbers().get(0)).isEqualTo(last + 1);
            assertThat(console.lines()).noneMatch(it -> it.contains(ContractServer.READY));
        }
    }

    @Test
    void closesTheConsoleOfADeletedServer() {
        var server = running("Short");
        try (var console = panel.console(server)) {
            console.await(ContractServer.READY);

            assertThat(panel.send(panel.request("/panel/servers/" + server).DELETE())
                            .statusCode())
                    .isEqualTo(200);

            console.await("event:closed");
        }
    }

    @Test
    void refusesEverybodyWithoutThePassword() {
        for (var path : new String[] {"/", "/index.html", "/panel", "/panel/servers/x/console", "/nothing", "/error"}) {
            assertThat(panel.send(panel.anonymous(path)).statusCode()).as(path).isEqualTo(401);
        }
        var wrong = panel.anonymous("/panel").header("Authorization", "Basic YWRtaW46d3Jvbmc=");
        assertThat(panel.send(wrong).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesWhatAnotherSiteMakesTheBrowserSend() {
        var forged = panel.postRequest("/panel/nodes", nodeForm("forged", "1")).setHeader("X-XSRF-TOKEN", "guess");

        assertThat(panel.send(forged).statusCode()).isEqualTo(401);
        assertThat(panel.get("/panel").toString()).doesNotContain("forged");
    }

    @Test
    void asksNodesForTheirOwnCredentials() {
        var nobody = panel.send(panel.anonymous("/api/remote/servers?page=0&per_page=10"));
        assertThat(nobody.statusCode()).as(nobody.body()).isEqualTo(401);

        var people = panel.send(panel.request("/api/remote/servers"));
        assertThat(people.statusCode()).as(people.body()).isEqualTo(401);

        var unknown = panel.send(panel.anonymous("/api/remote/nothing").POST(BodyPublishers.noBody()));
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void enrolsANodeOnce() {
        var issued = panel.post("/panel/nodes", nodeForm("enrolled", "31000"));
        var path = "/api/application/nodes/" + issued.path("node").asString() + "/configuration";
        var authorization = "Bearer " + issued.path("key").asString();

        var first = panel.send(panel.anonymous(path).header("Authorization", authorization));
        var second = panel.send(panel.anonymous(path).header("Authorization", authorization));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        var configuration = new JsonMapper().readTree(first.body());
        assertThat(configuration.path("remote").asString()).isEqualTo(RunningPanel.URL);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(403);

        var credentials = "Bearer " + configuration.path("token_id").asString() + "."
                + configuration.path("token").asString();
        var servers = panel.send(
                panel.anonymous("/api/remote/servers?page=0&per_page=10").header("Authorization", credentials));
        assertThat(servers.statusCode()).as(servers.body()).isEqualTo(200);
    }

    @Test
    void saysWhatIsWrong() {
        var created = create("Taken");

        refused(Map.of("name", "taken", "node", nodeId, "egg", eggId), 409, "taken");
        refused(Map.of("name", "No egg", "node", nodeId, "egg", 99), 404, "there is no egg 99");
        refused(Map.of("name", "No node", "node", 99, "egg", eggId), 404, "there is no node 99");
        refused(Map.of("name", "No number", "node", "x", "egg", eggId), 400, "node");
        refused(Map.of("node", nodeId, "egg", eggId), 400, "name");

        var egg = panel.send(panel.request("/panel/eggs").POST(BodyPublishers.ofString("not json")));
        assertThat(egg.statusCode()).as(egg.body()).isEqualTo(422);
        var power = panel.send(panel.postRequest("/panel/servers/" + created + "/power", Map.of("action", "fly")));
        assertThat(power.statusCode()).as(power.body()).isEqualTo(422);
        assertThat(power.body()).contains("expected: start, stop, restart or kill");
        var address = panel.send(panel.postRequest("/panel/nodes", nodeForm("ports", "65530-65600")));
        assertThat(address.statusCode()).as(address.body()).isEqualTo(422);
        assertThat(panel.get("/panel").path("nodes").toString()).doesNotContain("ports");
    }

    @Test
    void answersForANodeThatIsAway() {
        var server = running("Away");
        node.away(true);
        try {
            var start = panel.send(panel.postRequest("/panel/servers/" + server + "/power", Map.of("action", "stop")));

            assertThat(start.statusCode()).as(start.body()).isEqualTo(503);
        } finally {
            node.away(false);
        }
    }

    @Test
    void carriesFilesToAndFromTheNode() {
        var server = create("Files");
        panel.awaitStatus(server, "READY");
        var content = "line\n".repeat(100_000);

        panel.upload(server, "world/notes.txt", content);

        assertThat(panel.download(server, "world/notes.txt")).isEqualTo(content);
        var entries = panel.get("/panel/servers/" + server + "/files?directory=world");
        assertThat(entries.path(0).path("name").asString()).isEqualTo("notes.txt");
        assertThat(entries.path(0).path("size").asInt()).isEqualTo(content.length());
        var outside = panel.send(panel.request("/panel/servers/" + server + "/file?path=../secret"));
        assertThat(outside.statusCode()).as(outside.body()).isEqualTo(422);
    }

    @Test
    void runsWhatIsScheduledUntilThatIsTakenAway() {
        var server = running("Scheduled");
        var schedules = "/panel/servers/" + server + "/schedules";
        var nightly = Map.of("cron", "0 4 * * *", "zone", "Europe/Berlin", "action", "power", "payload", "stop");

        var added = panel.post(schedules, nightly);

        assertThat(added.path("name").asString()).isEqualTo("power: stop");
        assertThat(Instant.parse(added.path("next").asString()))
                .isAfter(Instant.now().minusSeconds(1));
        assertThat(panel.get(schedules).path(0)).isEqualTo(added);
        var administrator = new Caller.User(
                new UUID(0, 1),
                Permissions.administrator(),
                "127.0.0.1",
                Instant.now().plusSeconds(60));
        panel.part(Schedules.class)
                .runNow(ServerId.parse(server), UUID.fromString(added.path("id").asString()), administrator);
        panel.awaitState(server, "offline");
        assertThat(panel.send(panel.request(schedules + "/" + added.path("id").asString())
                                .DELETE())
                        .statusCode())
                .isEqualTo(200);
        assertThat(panel.get(schedules).isEmpty()).isTrue();

        var never = Map.of("cron", "61 * * * *", "zone", "UTC", "action", "power", "payload", "stop");
        var refused = panel.send(panel.postRequest(schedules, never));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    }

    @Test
    void servesItsPage() {
        var page = panel.send(panel.request("/"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<textarea");
    }

    private static String create(String name) {
        return panel.post("/panel/servers", Map.of("name", name, "node", nodeId, "egg", eggId))
                .path("id")
                .asString();
    }

    private static String running(String name) {
        var server = create(name);
        panel.awaitStatus(server, "READY");
        panel.power(server, "start");
        panel.awaitState(server, "running");
        return server;
    }

    private static void refused(Map<String, ?> form, int status, String text) {
        var answer = panel.send(panel.postRequest("/panel/servers", form));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
    }

    private static Map<String, ?> nodeForm(String name, String ports) {
        return Map.of("name", name, "url", "http://127.0.0.1:8080", "ip", "127.0.0.1", "ports", ports);
    }
}
