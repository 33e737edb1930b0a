package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rookery.api.NodeId;
import dev.rookery.api.permission.Permissions;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server is started, as its users see and change it. */
class StartupApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestPanel panel;
    private PanelClient owner;
    private String server;
    private String startup;

    @BeforeEach
    void start() throws IOException {
        panel = TestPanel.start(folder);
        panel.user("owner");
        panel.prepare(egg());
        server = panel.serverOf("owner");
        startup = "/api/servers/" + server + "/startup";
        owner = panel.client("owner");
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void showsWhatTheEggShowsAndHidesTheRest() {
        var own = owner.get(startup).ok();
        var admins = panel.admin().get(startup).ok();

        assertThat(names(own)).containsExactly("PLAYERS", "LEVEL");
        assertThat(names(admins)).containsExactly("PLAYERS", "LEVEL", "SECRET");
        assertThat(own.path("invocation").asText()).isEqualTo("run --players 8 --level flat --key [hidden]");
        assertThat(admins.path("invocation").asText()).isEqualTo("run --players 8 --level flat --key s3cret");
        assertThat(own.toString()).doesNotContain("s3cret");
        assertThat(own.path("variables").path(0).path("kind").asText()).isEqualTo("number");
        assertThat(own.path("variables").path(1).path("changeable").asBoolean()).isFalse();
    }

    @Test
    void checksValuesAsTheyAreTyped() {
        assertThat(check("PLAYERS", "12")).isEmpty();
        assertThat(check("PLAYERS", "many").path("PLAYERS").asText()).contains("whole number");
        assertThat(check("PLAYERS", "1000").path("PLAYERS").asText()).contains("64");
        assertThat(check("LEVEL", "nether").path("LEVEL").asText()).contains("cannot be changed");
        assertThat(check("SECRET", "guess").path("SECRET").asText()).contains("no such variable");
        assertThat(owner.get(startup)
                        .ok()
                        .path("variables")
                        .path(0)
                        .path("value")
                        .asText())
                .as("a check changes nothing")
                .isEqualTo("8");
    }

    @Test
    void aChangeReachesTheNode() {
        owner.put(startup + "/variables", "{\"variables\":{\"PLAYERS\":\"16\"}}")
                .ok();

        var environment = panel.application()
                .service()
                .forNode(new NodeId(1))
                .configuration(TestPanel.id(server))
                .settings()
                .environment();
        assertThat(environment).containsEntry("PLAYERS", "16").containsEntry("SECRET", "s3cret");
        Eventually.holds(
                "the node has fetched it",
                SOON,
                () -> panel.node()
                        .server(TestPanel.id(server))
                        .details()
                        .configuration()
                        .toString()
                        .contains("PLAYERS=16"));
    }

    @Test
    void refusesWhatTheRulesRefuseAndNamesTheField() {
        var answer = owner.put(
                startup + "/variables", "{\"variables\":{\"PLAYERS\":\"0\",\"LEVEL\":\"nether\",\"NEW\":\"1\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("error").path("fields").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("variables.PLAYERS", "variables.LEVEL", "variables.NEW");
        panel.admin()
                .put(startup + "/variables", "{\"variables\":{\"LEVEL\":\"nether\"}}")
                .ok();
    }

    @Test
    void refusesAValueThatIsNone() {
        assertThat(owner.put(startup + "/variables", "{\"variables\":{\"PLAYERS\":null}}")
                        .status())
                .isEqualTo(422);
        assertThat(owner.post(startup + "/check", "{}").status()).isEqualTo(422);
    }

    @Test
    void choosesAmongTheImagesOfTheEgg() {
        assertThat(owner.put(startup + "/image", "{\"image\":\"evil/image:1\"}").status())
                .isEqualTo(422);
        owner.put(startup + "/image", "{\"image\":\"rookery/test:2\"}").ok();
        assertThat(owner.get("/api/servers/" + server).ok().path("image").asText())
                .isEqualTo("rookery/test:2");

        panel.admin().put(startup + "/image", "{\"image\":\"own/image:1\"}").ok();
        assertThat(owner.put(startup + "/image", "{\"image\":\"rookery/test:1\"}")
                        .errorCode())
                .isEqualTo("image_fixed");
    }

    @Test
    void agreesToTheLicence() throws IOException {
        assertThat(owner.get("/api/servers/" + server).ok().path("features").toString())
                .contains("eula");

        assertThat(owner.post("/api/servers/" + server + "/eula", "{}").status())
                .isEqualTo(204);

        try (var file = panel.node().server(TestPanel.id(server)).files().read("eula.txt")) {
            assertThat(new String(file.stream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("eula=true\n");
        }
    }

    @Test
    void aServerWhoseValuesBreakTheRulesIsNotCreated() {
        var body = panel.admin().newServer("second", 1, 1, 2, "rookery/test:1");
        ((ObjectNode) body.path("variables")).put("PLAYERS", "none");

        var answer = panel.admin().post("/api/admin/servers", body.toString());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().path("error").path("fields").has("variables.PLAYERS"))
                .isTrue();
    }

    @Test
    void anOwnerHoldsEverythingHere() {
        assertThat(owner.get("/api/servers/" + server).ok().path("permissions").toString())
                .isEqualTo("[\"" + Permissions.owner().toList().get(0) + "\"]");
    }

    private JsonNode check(String name, String value) {
        var body = PanelClient.JSON.createObjectNode();
        body.putObject("variables").put(name, value);
        return owner.post(startup + "/check", body.toString()).ok().path("problems");
    }

    private static List<String> names(JsonNode answer) {
        return answer.path("variables").findValuesAsText("envVariable");
    }

    private static String egg() throws IOException {
        var egg = (ObjectNode) PanelClient.JSON.readTree(TestPanel.bundledEgg());
        egg.putArray("features").add("eula").add("java_version");
        egg.putObject("docker_images").put("One", "rookery/test:1").put("Two", "rookery/test:2");
        egg.putObject("startup_commands")
                .put("Default", "run --players {{PLAYERS}} --level {{LEVEL}} --key {{SECRET}}");
        var variables = egg.putArray("variables");
        add(variables.addObject(), "PLAYERS", "8", true, true, "required|integer|between:1,64");
        add(variables.addObject(), "LEVEL", "flat", true, false, "required|string|max:20");
        add(variables.addObject(), "SECRET", "s3cret", false, true, "nullable|string");
        return egg.toString();
    }

    private static void add(
            ObjectNode variable, String name, String value, boolean viewable, boolean editable, String rules) {
        variable.put("name", name)
                .put("description", "")
                .put("env_variable", name)
                .put("default_value", value)
                .put("user_viewable", viewable)
                .put("user_editable", editable)
                .put("rules", rules);
    }
}
