package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An egg is replaced by another version of it, and one is loaded by its address. */
class EggVersionTest {

    @TempDir
    Path folder;

    private TestPanel panel;
    private String server;

    @BeforeEach
    void start() throws IOException {
        panel = TestPanel.start(folder);
        panel.user("owner");
        panel.prepare(first());
        server = panel.serverOf("owner");
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void saysWhatANewVersionChangesForItsServers() throws IOException {
        panel.client("owner")
                .put(
                        "/api/servers/" + server + "/startup/variables",
                        "{\"variables\":{\"GREETING\":\"A long greeting\"}}")
                .ok();

        var update = panel.admin().post("/api/admin/eggs/1/preview", next()).ok();

        assertThat(texts(update.path("parts"))).contains("startup", "images");
        assertThat(texts(update.path("variablesAdded"))).containsExactly("MOTD");
        assertThat(texts(update.path("variablesRemoved"))).containsExactly("TICK_SECONDS");
        assertThat(texts(update.path("variablesChanged"))).containsExactly("GREETING");
        var effects = update.path("servers").path(0);
        assertThat(effects.path("uuid").asText()).isEqualTo(server);
        assertThat(effects.path("effects").findValuesAsText("kind")).contains("image_gone", "startup", "value_refused");
        assertThat(panel.admin().get("/api/admin/eggs/1").ok().path("variables").toString())
                .as("a look changes nothing")
                .doesNotContain("MOTD");
    }

    @Test
    void aNewVersionReachesTheNodesOfItsServers() throws IOException {
        var replaced = panel.admin().put("/api/admin/eggs/1", next()).ok();

        assertThat(replaced.path("id").asInt()).isEqualTo(1);
        assertThat(replaced.path("servers").asInt()).isEqualTo(1);
        Eventually.holds(
                "the node has fetched it",
                Duration.ofSeconds(30),
                () -> panel.node()
                        .server(TestPanel.id(server))
                        .details()
                        .configuration()
                        .toString()
                        .contains("MOTD=hello"));
        assertThat(panel.admin().put("/api/admin/eggs/1", "{").status()).isEqualTo(422);
        assertThat(panel.admin().put("/api/admin/eggs/9", next()).errorCode()).isEqualTo("egg_not_found");
    }

    @Test
    void givesTheEggBackAsItWasImported() throws IOException {
        var answer = panel.admin().get("/api/admin/eggs/1/document");

        assertThat(answer.response().body()).isEqualTo(first());
        assertThat(answer.response().headers().firstValue("content-disposition").orElse(""))
                .isEqualTo("attachment; filename=\"egg-1.json\"");
    }

    @Test
    void writesTheEggInAChosenFormatAndSaysWhatIsDifferentThere() throws IOException {
        var own =
                panel.admin().get("/api/admin/eggs/1/conversion?format=PLCN_v3").ok();
        var other =
                panel.admin().get("/api/admin/eggs/1/conversion?format=PTDL_v2").ok();
        var written = panel.admin().get("/api/admin/eggs/1/export?format=PTDL_v2&syntax=json");

        assertThat(own.path("changes")).isEmpty();
        assertThat(other.path("changes")).isNotEmpty();
        assertThat(written.ok().path("meta").path("version").asText()).isEqualTo("PTDL_v2");
        assertThat(written.response()
                        .headers()
                        .firstValue("content-disposition")
                        .orElse(""))
                .isEqualTo("attachment; filename=\"egg-1-ptdl_v2.json\"");
        assertThat(panel.admin()
                        .get("/api/admin/eggs/1/export?format=PTDL_v2&syntax=yaml")
                        .status())
                .isEqualTo(422);
        var unknown = panel.admin().get("/api/admin/eggs/1/export?format=XML");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body().toString()).contains("format: 'XML' (expected: one of [PTDL_v1, ");
        assertThat(panel.admin()
                        .get("/api/admin/egg-formats")
                        .ok()
                        .path("items")
                        .findValuesAsText("version"))
                .contains("PTDL_v1", "PLCN_v3");
    }

    @Test
    void saysWhatIsOddAboutAnEggAndWhatToDo() throws IOException {
        var egg = (ObjectNode) PanelClient.JSON.readTree(first());
        egg.remove("uuid");
        egg.put("name", "Odd")
                .putArray("variables")
                .addObject()
                .put("name", "Secret")
                .put("env_variable", "P_SERVER_UUID")
                .put("default_value", "x")
                .put("rules", "required|no_such_rule");

        var findings =
                panel.admin().post("/api/admin/eggs", egg.toString()).ok().path("warnings");

        assertThat(findings).isNotEmpty();
        assertThat(findings.path(0).path("severity").asText()).isIn("error", "warning", "note");
        assertThat(findings.findValuesAsText("advice"))
                .allSatisfy(advice -> assertThat(advice).isNotEmpty());
        assertThat(findings.findValuesAsText("path")).anyMatch(path -> path.startsWith("variables[0]"));
    }

    @Test
    void loadsNothingFromWithin() {
        for (var url : List.of(
                panel.url() + "/api/health", "http://169.254.169.254/", "http://[::1]/", "file:///etc/passwd")) {
            var answer = panel.admin()
                    .post(
                            "/api/admin/eggs/fetch",
                            PanelClient.JSON.createObjectNode().put("url", url).toString());

            assertThat(answer.status()).as(url).isEqualTo(422);
            assertThat(answer.body().path("error").path("fields").has("url"))
                    .as(url)
                    .isTrue();
        }
    }

    private static String first() throws IOException {
        var egg = (ObjectNode) PanelClient.JSON.readTree(TestPanel.bundledEgg());
        egg.putObject("docker_images").put("First", "rookery/test:1");
        return egg.toString();
    }

    private static String next() throws IOException {
        var egg = (ObjectNode) PanelClient.JSON.readTree(TestPanel.bundledEgg());
        egg.putObject("docker_images").put("Next", "rookery/test:2");
        egg.putObject("startup_commands").put("Default", "next {{GREETING}}");
        var variables = egg.withArray("variables");
        for (int i = variables.size() - 1; i >= 0; i--) {
            var variable = (ObjectNode) variables.get(i);
            if (variable.path("env_variable").asText().equals("TICK_SECONDS")) {
                variables.remove(i);
            } else if (variable.path("env_variable").asText().equals("GREETING")) {
                variable.put("default_value", "hi").put("rules", "required|string|max:5");
            }
        }
        variables
                .addObject()
                .put("name", "Message")
                .put("description", "")
                .put("env_variable", "MOTD")
                .put("default_value", "hello")
                .put("user_viewable", true)
                .put("user_editable", true)
                .put("rules", "required|string");
        return egg.toString();
    }

    private static List<String> texts(JsonNode list) {
        return PanelClient.JSON.convertValue(
                list, PanelClient.JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }
}
