package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole documents, settings, and routes of another program, over the panel's API with a real Caddy behind it. */
@Tag("caddy")
class ProxyImportTest extends ProxyCases {

    private static final String IMPORT = "/api/proxy/import?from=janus";

    @Test
    void routesOfAnotherProgramAreAddedWithWhatIsToSayAboutThem() {
        var file =
                "{\"routes\":[{\"id\":\"wiki\",\"domains\":[\"wiki.example.net\"],\"enabled\":true,\"colour\":\"red\","
                        + "\"upstreams\":[{\"scheme\":\"http\",\"host\":\"10.0.0.9\",\"port\":8080}]}]}";

        var plan = proxy.admin().post(IMPORT + "&dryRun=true", file).ok();
        assertThat(plan.path("possible").asBoolean()).as("%s", plan).isTrue();
        assertThat(plan.path("findings").findValuesAsText("severity")).contains("WARNING");
        assertThat(proxy.admin().get("/api/routes").ok().path("items")).isEmpty();

        var made = proxy.admin().post(IMPORT, file);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("findings").findValuesAsText("severity")).contains("WARNING");
        assertThat(proxy.admin()
                        .get("/api/routes/wiki")
                        .ok()
                        .path("route")
                        .path("domains")
                        .path(0)
                        .asText())
                .isEqualTo("wiki.example.net");

        assertThat(proxy.admin().post(IMPORT, file).errorCode()).isEqualTo("route_exists");
        assertThat(proxy.admin().post("/api/proxy/import?from=other", file).errorCode())
                .isEqualTo("validation");
        assertThat(proxy.admin().post(IMPORT, "{\"routes\":5}").status()).isEqualTo(422);
    }

    @Test
    void aWholeDocumentIsReplacedOnlyAsOne() {
        proxy.admin()
                .post("/api/routes", proxy.route("lobby", "lobby.example.net"))
                .ok();
        var document =
                proxy.admin().get("/api/proxy/document").ok().path("document").toString();

        var plan = proxy.put("/api/proxy/document?dryRun=true", document).ok();
        assertThat(plan.path("differences")).isEmpty();
        assertThat(plan.path("engine").path("changes").asBoolean()).isFalse();
        long before = proxy.revision();
        proxy.put("/api/proxy/document", document).ok();
        assertThat(proxy.revision())
                .as("nothing is saved anew that is the same")
                .isEqualTo(before);

        proxy.put("/api/proxy/document", document.replace("lobby.example.net", "hall.example.net"))
                .ok();
        assertThat(proxy.admin().get("/api/routes/lobby").ok().toString()).contains("hall.example.net");
        assertThat(proxy.put("/api/proxy/document", "{\"routes\":[]}").errorCode())
                .as("a list of another program is no document")
                .isEqualTo("validation");
        assertThat(proxy.put("/api/proxy/document", "[]").errorCode()).isEqualTo("validation");
        assertThat(proxy.put("/api/proxy/document", "{").errorCode()).isEqualTo("not_json");
    }

    @Test
    void saysWhichPluginsTheEngineHasAndWhoAsksForThem() {
        var limited = proxy.route(
                        "lobby",
                        "lobby.example.net",
                        ",\"rateLimits\":[{\"zone\":\"all\",\"key\":\"client-ip\",\"events\":5,\"window\":\"1s\"}]")
                .replace("\"enabled\":true", "\"enabled\":false");
        proxy.admin().post("/api/routes", limited).ok();

        var shown = proxy.admin().get("/api/plugins").ok();

        assertThat(shown.path("engine").path("kind").asText()).isEqualTo("caddy");
        assertThat(shown.path("settings").path("listenAddress").asText()).isEqualTo("127.0.0.1");
        var limit = shown.path("plugins").path(0);
        assertThat(limit.path("id").asText()).isEqualTo("rate-limit");
        assertThat(limit.path("installed").asBoolean()).isFalse();
        assertThat(limit.path("source").asText()).isEqualTo("mholt/caddy-ratelimit");
        assertThat(limit.path("routes").path(0).asText()).isEqualTo("lobby");
        assertThat(shown.path("plugins").findValuesAsText("id"))
                .contains("cache", "geoip", "security", "layer4", "dns-cloudflare");
        assertThat(proxy.admin()
                        .get("/api/proxy")
                        .ok()
                        .path("counts")
                        .path("routes")
                        .asInt())
                .isEqualTo(1);

        var on = proxy.change("PATCH", "/api/routes/lobby", "{\"enabled\":true}");
        assertThat(on.body().path("error").path("findings").findValuesAsText("code"))
                .contains("FEATURE_NEEDS_PLUGIN");
    }
}
