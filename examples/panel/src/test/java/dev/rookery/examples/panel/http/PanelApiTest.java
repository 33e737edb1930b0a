package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.examples.panel.PanelApplication;
import dev.rookery.examples.panel.PanelClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel's API over a real socket and a real database; its node is away. */
class PanelApiTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    private PanelApplication panel;
    private HttpServer server;
    private URI url;

    @BeforeEach
    void start() {
        panel = new PanelApplication(folder, URI.create("http://127.0.0.1:1"));
        panel.accounts().create("admin", PASSWORD, true);
        panel.accounts().create("player", PASSWORD, false);
        server = panel.serve(new InetSocketAddress("127.0.0.1", 0));
        url = URI.create("http://127.0.0.1:" + server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        panel.close();
    }

    @Test
    void refusesEverythingWithoutASession() {
        var stranger = new PanelClient(url);

        for (var path : List.of(
                "/api/session",
                "/api/servers",
                "/api/events",
                "/api/admin/nodes",
                "/api/admin/eggs",
                "/api/servers/5f2a6c1e-3f7b-4f0b-9a53-0d6f7f1a2b3c/install-log")) {
            assertThat(stranger.get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(stranger.get("/api/health").status()).isEqualTo(200);
        assertThat(stranger.get("/api/remote/servers").status()).isEqualTo(401);
    }

    @Test
    void refusesTextsThatNotEveryDatabaseCanKeep() {
        var refused = new PanelClient(url).post("/api/session", "{\"username\":\"a\\u0000b\",\"password\":\"x\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("error").path("fields").has("username")).isTrue();
    }

    @Test
    void keepsAdministrationFromUsers() {
        var player = new PanelClient(url).logIn("player", PASSWORD);

        assertThat(player.get("/api/servers").ok().path("items")).isEmpty();
        for (var path : List.of("/api/admin/nodes", "/api/admin/eggs")) {
            assertThat(player.get(path).status()).as(path).isEqualTo(403);
            assertThat(player.post(path, "{}").status()).as(path).isEqualTo(403);
        }
        assertThat(player.post("/api/admin/servers", "{}").status()).isEqualTo(403);
    }

    @Test
    void hidesTheServersOfOthers() {
        var admin = new PanelClient(url).logIn("admin", PASSWORD);
        var uuid = createServer(admin);
        var player = new PanelClient(url).logIn("player", PASSWORD);

        assertThat(player.get("/api/servers/" + uuid).status()).isEqualTo(404);
        assertThat(player.power(uuid, "start").status()).isEqualTo(404);
        assertThat(player.post("/api/servers/" + uuid + "/console-ticket", "{}").status())
                .isEqualTo(404);
        assertThat(player.delete("/api/servers/" + uuid).status()).isEqualTo(404);
        assertThat(player.get("/api/servers").ok().path("items")).isEmpty();
        assertThat(admin.get("/api/servers").ok().path("items")).hasSize(1);
    }

    @Test
    void setsACookieThatScriptsAndOtherSitesDoNotGet() throws IOException, InterruptedException {
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url.resolve("/api/session"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"username\":\"ADMIN\",\"password\":\"" + PASSWORD + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.headers().firstValue("set-cookie").orElse(""))
                .contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(response.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'self'");
    }

    @Test
    void wantsTheCsrfTokenOfTheSession() {
        var admin = new PanelClient(url).logIn("admin", PASSWORD).withoutCsrf();

        var answer = admin.post("/api/admin/nodes", "{\"name\":\"n\",\"url\":\"http://127.0.0.1:2\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("csrf");
        assertThat(panel.service().store().nodes().list()).isEmpty();
    }

    @Test
    void forgetsASessionAtLogOut() {
        var admin = new PanelClient(url).logIn("admin", PASSWORD);

        assertThat(admin.delete("/api/session").status()).isEqualTo(204);

        assertThat(admin.get("/api/session").status()).isEqualTo(401);
    }

    @Test
    void takesNoLogInFromAFormOfAnotherSite() throws IOException, InterruptedException {
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url.resolve("/api/session"))
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void takesAPasswordAsItIs() {
        panel.accounts().create("blank", " with blanks around ", false);

        assertThat(new PanelClient(url)
                        .logIn("blank", " with blanks around ")
                        .get("/api/session")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void limitsGuesses() {
        var stranger = new PanelClient(url);
        for (int i = 0; i < 10; i++) {
            assertThat(guess(stranger).status()).isEqualTo(401);
        }

        var answer = guess(stranger);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.errorCode()).isEqualTo("too_many_attempts");
        assertThat(answer.response().headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void answersBadInputWithThePlaceOfIt() {
        var admin = new PanelClient(url).logIn("admin", PASSWORD);

        assertThat(admin.post("/api/admin/nodes", "{").errorCode()).isEqualTo("not_json");
        var unknown = admin.post("/api/admin/nodes", "{\"name\":\"n\",\"ulr\":\"http://127.0.0.1:2\"}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.errorMessage()).contains("ulr");
        assertThat(admin.post("/api/admin/nodes", "{\"url\":\"http://127.0.0.1:2\"}")
                        .body()
                        .path("error")
                        .path("fields")
                        .has("name"))
                .isTrue();
        assertThat(admin.post("/api/admin/nodes", "{\"name\":\"n\",\"url\":\"ftp://x\"}")
                        .status())
                .isEqualTo(422);
        assertThat(admin.get("/api/admin/nodes/7").errorCode()).isEqualTo("node_not_found");
        assertThat(admin.get("/api/admin/nodes/x").status()).isEqualTo(404);
        assertThat(admin.get("/api/nothing").errorCode()).isEqualTo("not_found");
        assertThat(admin.get("/api/servers/x").errorCode()).isEqualTo("server_not_found");
    }

    @Test
    void managesNodesAndTheirAllocations() {
        var admin = new PanelClient(url).logIn("admin", PASSWORD);
        var node = addNode(admin);

        assertThat(admin.post("/api/admin/nodes", "{\"name\":\"NODE\",\"url\":\"http://127.0.0.1:2\"}")
                        .errorCode())
                .isEqualTo("node_name_in_use");
        assertThat(admin.get("/api/admin/nodes/1/allocations").ok().path("items"))
                .hasSize(3);
        assertThat(admin.post("/api/admin/nodes/1/allocations", "{\"ip\":\"127.0.0.1\",\"ports\":\"70000\"}")
                        .body()
                        .path("error")
                        .path("fields")
                        .has("ports"))
                .isTrue();
        assertThat(admin.delete("/api/admin/nodes/1/allocations/1").status()).isEqualTo(204);
        var key = admin.post("/api/admin/nodes/1/enrolment-key", "{}").ok();
        assertThat(key.path("command").asText())
                .contains("rookery-node configure", "--node 1", key.path("key").asText());
        assertThat(node.path("enrolled").asBoolean()).isFalse();
        assertThat(admin.delete("/api/admin/nodes/1").status()).isEqualTo(204);
        assertThat(admin.get("/api/admin/nodes").ok().path("items")).isEmpty();
    }

    @Test
    void importsAnEggOnceAndShowsIt() {
        var admin = new PanelClient(url).logIn("admin", PASSWORD);

        var egg = admin.post("/api/admin/eggs", bundledEgg()).ok();

        assertThat(egg.path("format").asText()).isEqualTo("PLCN_v3");
        assertThat(egg.path("images")).isNotEmpty();
        assertThat(admin.post("/api/admin/eggs", bundledEgg()).errorCode()).isEqualTo("egg_exists");
        assertThat(admin.get("/api/admin/eggs/1").ok().path("variables")).isNotEmpty();
        assertThat(admin.delete("/api/admin/eggs/1").status()).isEqualTo(204);
        assertThat(admin.get("/api/admin/eggs/1").errorCode()).isEqualTo("egg_not_found");
    }

    @Test
    void keepsAnAllocationToOneServerAndAnEggWithServers() {
        var admin = new PanelClient(url).logIn("admin", PASSWORD);
        createServer(admin);

        var second = admin.post(
                "/api/admin/servers",
                admin.newServer("second", 1, 1, 1, "rookery/test:1").toString());

        assertThat(second.errorCode()).isEqualTo("allocation_in_use");
        assertThat(second.body().path("error").path("fields").has("allocationId"))
                .isTrue();
        assertThat(admin.delete("/api/admin/eggs/1").errorCode()).isEqualTo("egg_in_use");
        assertThat(admin.delete("/api/admin/nodes/1").errorCode()).isEqualTo("node_in_use");
        assertThat(admin.delete("/api/admin/nodes/1/allocations/1").errorCode()).isEqualTo("allocation_in_use");
    }

    @Test
    void takesTheCorrelationIdOfTheBrowserIfItIsOne() throws IOException, InterruptedException {
        assertThat(correlation("click-1")).isEqualTo("click-1");
        assertThat(correlation("<script>")).isNotEqualTo("<script>").isNotEmpty();
    }

    private String createServer(PanelClient admin) {
        addNode(admin);
        admin.post("/api/admin/eggs", bundledEgg()).ok();
        return admin.post(
                        "/api/admin/servers",
                        admin.newServer("first", 1, 1, 1, "rookery/test:1").toString())
                .ok()
                .path("uuid")
                .asText();
    }

    private static JsonNode addNode(PanelClient admin) {
        var node = admin.post("/api/admin/nodes", "{\"name\":\"Node\",\"url\":\"http://127.0.0.1:1/\"}")
                .ok();
        admin.post("/api/admin/nodes/1/allocations", "{\"ip\":\"127.0.0.1\",\"ports\":\"30000-30002\"}")
                .ok();
        return node;
    }

    private static PanelClient.Answer guess(PanelClient client) {
        return client.post("/api/session", "{\"username\":\"admin\",\"password\":\"a wrong guess\"}");
    }

    private String correlation(String sent) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url.resolve("/api/health"))
                                .header("X-Correlation-Id", sent)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("x-correlation-id")
                .orElse("");
    }

    private static String bundledEgg() {
        try (InputStream egg = PanelApiTest.class.getResourceAsStream("/eggs/echo.json")) {
            if (egg == null) {
                throw new AssertionError("the bundled egg is missing");
            }
            return new String(egg.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
