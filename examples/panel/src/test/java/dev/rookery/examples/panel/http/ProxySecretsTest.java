package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.proxy.route.BasicAuth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passwords, hashes and tokens go in, and never come out: not in answers, plans, errors or the log. */
@Tag("caddy")
class ProxySecretsTest extends ProxyCases {

    private static final String PASSWORD = "canary-password-4711";
    private static final String HEADER = "canary-header-4711";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream console = System.out;

    @Override
    ProxyPanel start(Path folder) throws IOException {
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        return super.start(folder);
    }

    @Override
    @AfterEach
    void stop() {
        super.stop();
        System.setOut(console);
    }

    @Test
    void aPasswordIsHashedAndTheHashIsNeverSeen() throws IOException {
        var made = proxy.admin().post("/api/routes", guarded("\"password\":\"" + PASSWORD + "\"", "staff"));
        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);

        assertThat(hash()).startsWith("$2b$12$");
        assertThat(proxy.visit("lobby.example.net")).startsWith("401");
        assertThat(proxy.visit("lobby.example.net", credentials(PASSWORD))).startsWith("200");
        assertThat(proxy.visit("lobby.example.net", credentials("another"))).startsWith("401");
        assertThat(proxy.admin().get("/api/routes/lobby").ok().toString()).contains("\"hash\":\"[hidden]\"");
        everythingThatIsShown()
                .forEach((what, text) ->
                        assertThat(text).as(what).doesNotContain(PASSWORD, HEADER, hash().substring(7)));
    }

    @Test
    void whatStaysHiddenStaysAsItWas() throws IOException {
        proxy.admin()
                .post("/api/routes", guarded("\"password\":\"" + PASSWORD + "\"", "staff"))
                .ok();
        var before = hash();

        proxy.put("/api/routes/lobby", guarded("\"hash\":\"[hidden]\"", "people"))
                .ok();

        assertThat(hash()).isEqualTo(before);
        assertThat(proxy.visit("lobby.example.net", credentials(PASSWORD))).startsWith("200");
        var shown = proxy.admin().get("/api/proxy/document").ok();
        proxy.put("/api/proxy/document", shown.path("document").toString()).ok();
        assertThat(hash()).isEqualTo(before);

        var unknown = proxy.put(
                "/api/routes/lobby", guarded("\"hash\":\"[hidden]\"", "staff").replace("\"ops\"", "\"new\""));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.errorMessage()).contains("/accounts/0/hash");
    }

    @Test
    void whatIsNoPasswordIsRefusedWithoutBeingRepeated() {
        var hash = "$2a$04$canary-hash-4711";
        for (var account : List.of(
                "\"password\":\"" + "x".repeat(73) + "\"",
                "\"password\":\"\"",
                "\"password\":[\"" + PASSWORD + "\"]",
                "\"password\":\"" + PASSWORD + "\",\"hash\":\"" + hash + "\"",
                "\"hash\":\"" + hash + "\"",
                "\"pasword\":\"" + PASSWORD + "\"")) {
            var refused = proxy.admin().post("/api/routes", guarded(account, "staff"));

            assertThat(refused.status()).as(account).isEqualTo(422);
            assertThat(refused.body().toString()).doesNotContain(PASSWORD, "canary-hash", "xxxx");
        }
        assertThat(logged()).contains("POST /api/routes").doesNotContain(PASSWORD, "canary-hash", HEADER);
    }

    @Test
    void aPieceOfCaddysOwnIsCheckedShownAndKept() throws IOException {
        proxy.admin()
                .post("/api/routes", proxy.route("lobby", "lobby.example.net"))
                .ok();
        var patch =
                "{\"handle\":[{\"handler\":\"headers\",\"response\":{\"set\":{\"X-Raw\":[\"yes\"],\"X-Raw-Token\":[\""
                        + HEADER + "\"]}}}],\"terminal\":false,\"match\":[{\"host\":[\"lobby.example.net\"]}]}";
        var piece = "{\"engine\":\"caddy\",\"point\":\"route-before\",\"route\":\"lobby\",\"patch\":" + patch
                + ",\"reason\":\"a header\"}";

        var plan =
                proxy.put("/api/raw?dryRun=true", "{\"items\":[" + piece + "]}").ok();
        assertThat(plan.path("possible").asBoolean()).as("%s", plan).isTrue();
        assertThat(plan.path("engine").path("after").asText()).contains("X-Raw").doesNotContain(HEADER);
        assertThat(proxy.admin().get("/api/raw").ok().path("items")).isEmpty();

        proxy.put("/api/raw", "{\"items\":[" + piece + "]}").ok();
        var shown = proxy.admin().get("/api/raw").ok().path("items");
        assertThat(shown.toString()).contains("X-Raw", "[hidden]").doesNotContain(HEADER);
        proxy.put("/api/raw", "{\"items\":" + shown + "}").ok();
        assertThat(proxy.panel()
                        .application()
                        .proxy()
                        .orElseThrow()
                        .service()
                        .head()
                        .document()
                        .raw()
                        .toString())
                .contains(HEADER);

        var wrong = piece.replace("\"handler\":\"headers\"", "\"handler\":\"no-such-handler\"");
        var refused = proxy.put("/api/raw", "{\"items\":[" + wrong + "]}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.errorCode()).isEqualTo("routes_refused");
        assertThat(refused.body().path("error").path("findings").findValuesAsText("code"))
                .contains("ENGINE_REFUSED");
    }

    private Map<String, String> everythingThatIsShown() {
        var admin = proxy.admin();
        var revision = proxy.revision();
        return Map.of(
                "routes", admin.get("/api/routes").body().toString(),
                "document", admin.get("/api/proxy/document").body().toString(),
                "revision", admin.get("/api/proxy/revisions/" + revision).body().toString(),
                "plan",
                        admin.post("/api/proxy/revisions/1/rollback?dryRun=true", "{}")
                                .body()
                                .toString(),
                "new plan",
                        admin.post("/api/routes?dryRun=true", proxy.route("shop", "shop.example.net"))
                                .body()
                                .toString(),
                "log", logged());
    }

    /** The panel logs to the console. */
    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private String guarded(String account, String realm) {
        return proxy.route(
                "lobby",
                "lobby.example.net",
                ",\"auth\":[{\"type\":\"basic\",\"realm\":\"" + realm + "\",\"accounts\":[{\"user\":\"ops\"," + account
                        + "}]}],\"headersUp\":{\"set\":{\"X-Upstream-Token\":\"" + HEADER + "\"}}");
    }

    private String hash() {
        var route = proxy.panel()
                .application()
                .proxy()
                .orElseThrow()
                .service()
                .head()
                .document()
                .routes()
                .get(0);
        return ((BasicAuth) route.auth().get(0)).accounts().get(0).hash();
    }

    private static Map<String, String> credentials(String password) {
        var text = "ops:" + password;
        return Map.of(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }
}
