package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.ProxyPanel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names of servers over the panel's API, with a real Caddy behind it. */
@Tag("caddy")
class DomainApiTest extends ProxyCases {

    private String server;
    private String path;

    @Override
    ProxyPanel start(Path folder) throws IOException {
        return ProxyPanel.start(folder, options -> options.offering("*.play.example.net"));
    }

    @BeforeEach
    void own() {
        proxy.panel().user("owner");
        server = proxy.panel().serverOf("owner");
        path = "/api/servers/" + server + "/domains";
    }

    @Test
    void aUserTakesALabelOfWhatIsOfferedAndGivesItBack() {
        var owner = proxy.panel().client("owner");
        var before = owner.get(path).ok();
        assertThat(before.path("offered").path(0).asText()).isEqualTo("*.play.example.net");
        assertThat(before.path("free").asBoolean()).isFalse();
        int port = before.path("ports").path(0).path("port").asInt();

        var made = owner.post(path, domain("mine.play.example.net", port));

        assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
        assertThat(made.body().path("report").path("outcome").asText()).isEqualTo("APPLIED");
        var item = owner.get(path).ok().path("items").path(0);
        assertThat(item.path("domain").asText()).isEqualTo("mine.play.example.net");
        assertThat(item.path("ip").asText())
                .isEqualTo(before.path("ports").path(0).path("ip").asText());
        assertThat(item.path("exposure").asText()).isEqualTo("PLAIN_HTTP");
        assertThat(item.path("stages").findValuesAsText("stage"))
                .containsExactly("saved", "engine", "certificate", "cloud", "tunnel", "reached");
        assertThat(item.path("stages").path(0).path("state").asText()).isEqualTo("DONE");
        var gone = owner.delete(path + "/" + item.path("id").asText());
        assertThat(gone.ok().path("outcome").asText()).isEqualTo("APPLIED");
        assertThat(owner.get(path).ok().path("items")).isEmpty();
        assertThat(owner.delete(path + "/" + item.path("id").asText()).status()).isEqualTo(404);
    }

    @Test
    void whatIsNotOfferedIsForAdministrators() {
        var owner = proxy.panel().client("owner");
        int port = owner.get(path).ok().path("ports").path(0).path("port").asInt();

        for (var name : List.of(
                "example.org", "play.example.net", "a.b.play.example.net", "*.play.example.net", "x.example.net")) {
            assertThat(owner.post(path, domain(name, port)).status()).as(name).isIn(403, 422);
        }
        assertThat(proxy.admin().get(path).ok().path("free").asBoolean()).isTrue();
        assertThat(proxy.admin().post(path, domain("example.org", port)).status())
                .isEqualTo(201);
    }

    @Test
    void saysWhatWasGivenAndWhatIsExpected() {
        var owner = proxy.panel().client("owner");
        int port = owner.get(path).ok().path("ports").path(0).path("port").asInt();
        var hidden = "{\"domain\":\"a.play.example.net\",\"port\":" + port + ",\"exposure\":\"HIDDEN\"}";

        assertThat(owner.post(path, domain("two words", port)).body().toString())
                .contains("domain: 'two words' (expected: a name such as shop.example.net)");
        assertThat(owner.post(path, hidden).body().toString())
                .contains("exposure: 'HIDDEN' (expected: PUBLIC, PLAIN_HTTP or TUNNEL)");
    }

    @Test
    void aServerGetsNeitherAnotherPortNorAnothersName() {
        var owner = proxy.panel().client("owner");
        int port = owner.get(path).ok().path("ports").path(0).path("port").asInt();
        proxy.panel().user("other");
        var second = "/api/servers/" + proxy.panel().serverOf("other") + "/domains";
        var other = proxy.panel().client("other");
        owner.post(path, domain("mine.play.example.net", port)).ok();

        assertThat(owner.post(path, domain("next.play.example.net", port + 1)).status())
                .isEqualTo(422);
        int theirs = other.get(second).ok().path("ports").path(0).path("port").asInt();
        assertThat(other.post(second, domain("mine.play.example.net", theirs)).status())
                .isEqualTo(409);
        assertThat(other.get(path).errorCode()).isEqualTo("server_not_found");
        assertThat(owner.post(path, domain("x.play.example.net", 0)).errorCode())
                .isEqualTo("validation");
        assertThat(owner.post(path, domain("x.play.example.net", port).replace("PLAIN_HTTP", "LAN"))
                        .errorCode())
                .isEqualTo("validation");
    }

    private static String domain(String name, int port) {
        return "{\"domain\":\"" + name + "\",\"port\":" + port + ",\"exposure\":\"PLAIN_HTTP\"}";
    }
}
