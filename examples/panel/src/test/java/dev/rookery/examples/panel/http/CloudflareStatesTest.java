package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rookery.examples.panel.ProxyPanel;
import dev.rookery.examples.panel.proxy.ConnectorChoice;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.DnsRecord;
import dev.rookery.proxy.cloudflare.FakeCloudflare;
import dev.rookery.proxy.cloudflare.FakeFault;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the panel says while Cloudflare refuses, fails, or is changed by others, and what helps; Cloudflare is a fake, panel and Caddy are not. */
@Tag("caddy")
class CloudflareStatesTest extends CloudflareCases {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String NAME = "wiki.example.net";

    @Override
    ProxyPanel start(Path folder, FakeCloudflare cloudflare) throws IOException {
        var program = Files.writeString(
                folder.resolve("cloudflared"),
                "#!/bin/sh\ncat \"$TUNNEL_TOKEN_FILE\" > " + folder.resolve("told") + "\nexec sleep 600\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return ProxyPanel.start(
                folder, cloudflare, Optional.of(new ConnectorChoice.Processes(program)), "*.play.example.net");
    }

    @BeforeEach
    void saveTheAccount() {
        save(FakeCloudflare.TOKEN).ok();
    }

    @Test
    void whatFailsIsTriedAgainAndSaysWhen() {
        for (var fault : List.of(FakeFault.FAILED, FakeFault.LIMITED)) {
            cloudflare.faults(call -> call.startsWith("GET") ? FakeFault.NONE : fault);
            route(fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".example.net");

            var status = sync();

            assertThat(status.path("state").asText())
                    .as("%s: %s", fault, status)
                    .isEqualTo("WAITING");
            assertThat(status.path("error").asText()).isNotEmpty();
            assertThat(status.path("nextAt").asText()).isNotEmpty();
            assertThat(proxy.state().path("engine").path("outcome").asText())
                    .as("the engine does not wait")
                    .isEqualTo("DONE");
        }
        cloudflare.calm();
        assertThat(sync().path("state").asText()).isEqualTo("DONE");
        assertThat(cloudflare.record("failed.example.net")).isPresent();
        assertThat(cloudflare.record("limited.example.net")).isPresent();
    }

    @Test
    void cloudflareThatIsAwayIsSaidSo() {
        cloudflare.faults(call -> FakeFault.FAILED);

        var refused = proxy.admin().get(MAIN + "/zones");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.errorCode()).isEqualTo("cloudflare_unavailable");
        assertThat(refused.errorMessage()).doesNotContain(FakeCloudflare.TOKEN);
    }

    @Test
    void aPermissionThatIsMissingIsNamedAndNothingIsTriedUntilItIsThere() {
        cloudflare.deny("dns_records");
        route(NAME);

        var status = sync();

        assertThat(status.path("state").asText()).as("%s", status).isEqualTo("PAUSED");
        assertThat(status.path("error").asText()).contains("DNS").doesNotContain(FakeCloudflare.TOKEN);
        assertThat(status.has("nextAt")).isFalse();
        var plan = proxy.admin().get(MAIN + "/plan");
        assertThat(plan.errorCode()).isEqualTo("cloudflare_scope");
        assertThat(proxy.state().path("cloud").path("outcome").asText()).isNotEqualTo("DONE");
        cloudflare.deny(" ");
        assertThat(sync().path("state").asText()).isEqualTo("DONE");
    }

    @Test
    void aTokenThatWasWithdrawnIsReplaced() {
        route(NAME);
        cloudflare.token("another-canary-token");

        assertThat(sync().path("state").asText()).isEqualTo("PAUSED");
        save("another-canary-token").ok();
        assertThat(sync().path("state").asText()).isEqualTo("DONE");
        assertThat(cloudflare.record(NAME)).isPresent();
    }

    @Test
    void whatOthersHaveChangedIsShownAndChangedBackOnRequest() {
        route(NAME);
        assertThat(sync().path("state").asText()).isEqualTo("DONE");
        var others = CloudflareApi.builder(FakeCloudflare.TOKEN)
                .baseUrl(cloudflare.url())
                .build();
        var zone = others.zones(FakeCloudflare.ACCOUNT).get(0);
        var ours = others.records(zone.id()).list().stream()
                .filter(record -> record.record().name().equals(NAME))
                .findFirst()
                .orElseThrow();
        others.records(zone.id())
                .replace(
                        ours.id(),
                        new DnsRecord(
                                "CNAME",
                                NAME,
                                "elsewhere.example.org",
                                true,
                                ours.record().comment()));

        var plan = proxy.admin().get(MAIN + "/plan").ok();
        assertThat(plan.path("changes").asBoolean()).isTrue();
        assertThat(plan.path("records").path(0).path("change").asText())
                .as("%s", plan)
                .isEqualTo("UPDATE");
        assertThat(sync().path("state").asText()).isEqualTo("DONE");
        assertThat(cloudflare.record(NAME).orElseThrow().content())
                .isEqualTo(ours.record().content());
        assertThat(proxy.admin().get(MAIN + "/plan").ok().path("changes").asBoolean())
                .isFalse();
    }

    @Test
    void aConnectorIsStartedAndStoppedAndWhatIsConnectedIsShown() {
        assertThat(connections()).as("there is no tunnel yet").isEmpty();
        var early = proxy.admin().post(MAIN + "/connector/start", "{}");
        assertThat(early.status()).isEqualTo(202);
        assertThat(early.body().path("kind").asText()).isEqualTo("process");
        Eventually.holds(
                "it says what is in the way",
                SOON,
                () -> connector().path("said").asText().contains("is not there yet"));

        route(NAME);
        sync();
        Eventually.holds("it runs", SOON, () -> connector().path("running").asBoolean());
        Eventually.holds("it has its secret", SOON, () -> told().startsWith("connector-secret-of-"));
        assertThat(connector().path("said").asText()).isEmpty();
        cloudflare.connected("rookery-main", 1);
        assertThat(connections().path(0).path("version").asText()).isEqualTo("2026.8.2");

        var off = proxy.admin().post(MAIN + "/connector/stop", "{}");
        assertThat(off.body().path("wanted").asBoolean()).isFalse();
        Eventually.holds(
                "it has ended", SOON, () -> !connector().path("running").asBoolean());
    }

    @Test
    void aServersDomainByTheTunnelSaysHowFarItIs() {
        var path = "/api/servers/" + proxy.panel().serverOf("admin") + "/domains";
        int port =
                proxy.admin().get(path).ok().path("ports").path(0).path("port").asInt();
        cloudflare.deny("dns_records");
        proxy.admin()
                .post(path, "{\"domain\":\"mine.play.example.net\",\"port\":" + port + ",\"exposure\":\"TUNNEL\"}")
                .ok();
        Eventually.holds("Cloudflare's refusal is told", SOON, () -> stage(path, "cloud", "FAILED"));
        assertThat(stage(path, "saved", "DONE")).isTrue();
        assertThat(stage(path, "engine", "DONE")).isTrue();

        cloudflare.deny(" ");
        sync();
        assertThat(stage(path, "cloud", "DONE")).isTrue();
        assertThat(cloudflare.record("mine.play.example.net").orElseThrow().content())
                .endsWith(".cfargotunnel.com");
        assertThat(stage(path, "tunnel", "FAILED"))
                .as("nobody runs a connector")
                .isTrue();

        cloudflare.connected("rookery-main", 1);
        Eventually.holds("somebody does", SOON, () -> stage(path, "tunnel", "DONE"));
    }

    private boolean stage(String path, String stage, String state) {
        for (var one : proxy.admin().get(path).ok().path("items").path(0).path("stages")) {
            if (one.path("stage").asText().equals(stage)) {
                return one.path("state").asText().equals(state);
            }
        }
        return false;
    }

    private JsonNode connector() {
        return proxy.admin().get("/api/cf/bindings").ok().path("items").path(0).path("connector");
    }

    private JsonNode connections() {
        return proxy.admin().get(MAIN + "/connections").ok().path("items");
    }

    private String told() {
        try {
            return Files.readString(folder.resolve("told"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private JsonNode sync() {
        return proxy.admin().post(MAIN + "/sync", "{}").ok();
    }

    private void route(String name) {
        var id = name.substring(0, name.indexOf('.'));
        proxy.admin()
                .post(
                        "/api/routes",
                        proxy.route(id, name, ",\"binding\":\"main\"").replace("plain-http", "tunnel"))
                .ok();
    }
}
