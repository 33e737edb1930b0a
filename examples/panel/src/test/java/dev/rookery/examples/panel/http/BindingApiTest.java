package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts of Cloudflare over the panel's API; Cloudflare is a fake, Caddy is not. */
@Tag("caddy")
class BindingApiTest extends CloudflareCases {

    @Override
    ProxyPanel start(Path folder, FakeCloudflare cloudflare) throws IOException {
        return ProxyPanel.start(folder, cloudflare, Optional.empty());
    }

    @Test
    void aTokenGoesInAndNeverComesOut() throws IOException {
        var answer = save(FakeCloudflare.TOKEN);

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        var list = proxy.admin().get("/api/cf/bindings").ok();
        var item = list.path("items").path(0);
        assertThat(item.path("tokenKnown").asBoolean()).isTrue();
        var place = item.path("binding").path("token").asText();
        assertThat(place).startsWith("file:");
        var file = Path.of(place.substring("file:".length()));
        assertThat(Files.readString(file)).isEqualTo(FakeCloudflare.TOKEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var plan = proxy.put(MAIN + "?dryRun=true", binding("another-canary-token"))
                .ok();
        assertThat(Files.readString(file)).as("a plan keeps no token").isEqualTo(FakeCloudflare.TOKEN);
        for (JsonNode shown : new JsonNode[] {
            answer.body(), list, plan, proxy.admin().get("/api/proxy/document").ok(), zones().body()
        }) {
            assertThat(shown.toString()).doesNotContain(FakeCloudflare.TOKEN, "another-canary-token");
        }
    }

    @Test
    void whatIsNotSavedLeavesTheTokenThatWasThere() throws IOException {
        save(FakeCloudflare.TOKEN).ok();
        var place = proxy.admin()
                .get("/api/cf/bindings")
                .ok()
                .path("items")
                .path(0)
                .path("binding")
                .path("token")
                .asText();
        var file = Path.of(place.substring("file:".length()));
        var other = binding("another-canary-token");

        assertThat(proxy.admin()
                        .call("PUT", MAIN, other, Map.of("If-Match", "\"old\""))
                        .status())
                .isEqualTo(412);
        assertThat(proxy.admin().call("PUT", MAIN, other, Map.of()).status()).isEqualTo(428);
        assertThat(proxy.put(MAIN, other.replace("http://127.0.0.1:8080", "no address"))
                        .status())
                .isEqualTo(422);
        assertThat(Files.readString(file)).isEqualTo(FakeCloudflare.TOKEN);
        assertThat(proxy.put(
                                MAIN.replace("main", "next"),
                                other.replace("\"main\"", "\"next\"").replace("http://127.0.0.1:8080", "no address"))
                        .status())
                .isEqualTo(422);
        assertThat(file.resolveSibling("next.token")).doesNotExist();

        proxy.put(MAIN, other).ok();
        assertThat(Files.readString(file)).isEqualTo("another-canary-token");
    }

    @Test
    void saysWhatIsToBeDoneAndDoesItOnRequest() {
        save(FakeCloudflare.TOKEN).ok();
        var secret =
                proxy.route("wiki", "wiki.example.net", ",\"binding\":\"main\"").replace("plain-http", "tunnel");
        proxy.admin().post("/api/routes", secret).ok();

        assertThat(zones().ok().path("items").path(0).path("name").asText()).isEqualTo("example.net");
        var status = proxy.admin().post(MAIN + "/sync", "{}").ok();
        assertThat(status.path("state").asText()).as("%s", status).isEqualTo("DONE");
        assertThat(cloudflare.record("wiki.example.net")).isPresent();
        assertThat(proxy.admin()
                        .get(MAIN + "/tunnels")
                        .ok()
                        .path("items")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("rookery-main");
        var settled = proxy.admin().get(MAIN + "/plan").ok();
        assertThat(settled.path("changes").asBoolean()).as("%s", settled).isFalse();
        assertThat(settled.path("ingress").path(0).path("host").asText()).isEqualTo("wiki.example.net");
        assertThat(settled.path("ingress").path(0).path("change").asText()).isEqualTo("KEEP");
        var shown = proxy.admin().get("/api/cf/bindings").ok().path("items").path(0);
        assertThat(shown.path("status").path("state").asText()).as("%s", shown).isEqualTo("DONE");
    }

    @Test
    void saysWhatIsInTheWay() {
        cloudflare.foreign("example.net", "A", "shop.example.net", "192.0.2.7");
        save(FakeCloudflare.TOKEN).ok();
        var route =
                proxy.route("shop", "shop.example.net", ",\"binding\":\"main\"").replace("plain-http", "tunnel");

        var cloud = proxy.admin().post("/api/routes?dryRun=true", route).ok().path("cloud");

        assertThat(cloud.path("parts").toString()).as("%s", cloud).contains("CONFLICT", "shop.example.net");
        proxy.admin().post("/api/routes", route).ok();
        var plan = proxy.admin().get(MAIN + "/plan").ok();
        assertThat(plan.path("records").path(0).path("change").asText()).isEqualTo("CONFLICT");
        assertThat(cloudflare.record("shop.example.net").orElseThrow().content())
                .isEqualTo("192.0.2.7");
    }

    @Test
    void aTokenThatIsNoneIsSaidSo() {
        save("not-the-token").ok();

        var refused = zones();
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("cloudflare_token");
        assertThat(proxy.admin().get("/api/cf/bindings/other/plan").errorCode()).isEqualTo("binding_not_found");
        assertThat(proxy.put("/api/cf/bindings/other", binding("x")).errorCode())
                .isEqualTo("validation");
    }

    @Test
    void withoutTheProgramTheConnectorIsSomebodyElses() {
        save(FakeCloudflare.TOKEN).ok();

        var connector =
                proxy.admin().get("/api/cf/bindings").ok().path("items").path(0).path("connector");
        assertThat(connector.path("kind").asText()).isEqualTo("none");
        assertThat(connector.path("running").asBoolean()).isFalse();
        assertThat(proxy.admin().post(MAIN + "/connector/start", "{}").status()).isEqualTo(409);
        assertThat(proxy.admin().post(MAIN + "/connector/stop", "{}").status()).isEqualTo(202);
    }

    @Test
    void aBindingThatIsUsedStaysUntilItIsNot() {
        save(FakeCloudflare.TOKEN).ok();
        proxy.admin()
                .post(
                        "/api/routes",
                        proxy.route("wiki", "wiki.example.net", ",\"binding\":\"main\"")
                                .replace("plain-http", "tunnel"))
                .ok();

        assertThat(proxy.change("DELETE", MAIN, null).errorCode()).isEqualTo("routes_refused");
        proxy.change("DELETE", "/api/routes/wiki", null).ok();
        proxy.change("DELETE", MAIN, null).ok();
        assertThat(proxy.admin().get("/api/cf/bindings").ok().path("items")).isEmpty();
    }

    private PanelClient.Answer zones() {
        return proxy.admin().get(MAIN + "/zones");
    }
}
