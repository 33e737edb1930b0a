package dev.rookery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.examples.panel.PanelClient;
import dev.rookery.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that people get wrong: each gets a clear answer, the programs go on, and nothing is half created. */
@Tag("docker")
@Timeout(240)
class BadInputTest {

    @TempDir
    static Path folder;

    private static Flight flight;

    @BeforeAll
    static void takeOff() {
        flight = Flight.take(folder);
    }

    @AfterAll
    static void land() {
        flight.close();
    }

    @Test
    void wrongPassword() {
        var answer = new PanelClient(flight.panelUrl())
                .post("/api/session", "{\"username\":\"admin\",\"password\":\"not the password\"}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errorCode()).isEqualTo("invalid_credentials");
        assertThat(flight.panel().log()).doesNotContain("not the password");
        assertThat(new PanelClient(flight.panelUrl()).get("/api/servers").status())
                .isEqualTo(401);
    }

    @Test
    void bodyThatIsNotJson() {
        var answer = flight.client().post("/api/admin/servers", "{oops");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorMessage()).contains("line 1");
    }

    @Test
    void eggThatIsNeitherJsonNorYaml() {
        var answer = flight.client().post("/api/admin/eggs", "name: [an egg?\n");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errorCode()).startsWith("egg_");
        assertThat(answer.errorMessage()).contains("line 2");
    }

    @Test
    void eggThatDoesNotSayItsFormat() {
        var answer = flight.client().post("/api/admin/eggs", "name: an egg?\n");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errorMessage()).contains("meta.version", "expected: ");
    }

    @Test
    void eggOfAnUnknownFormat() {
        var answer = flight.client().post("/api/admin/eggs", "{\"meta\":{\"version\":\"QTDL_v9\"},\"name\":\"x\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errorMessage()).contains("QTDL_v9", "PTDL_v2", "PLCN_v3");
        assertThat(flight.client().get("/api/admin/eggs").body().path("items"))
                .noneMatch(egg -> egg.path("name").asText().equals("x"));
    }

    @Test
    void duplicateServerName() {
        long egg = quickEgg();
        flight.awaitStatus(flight.create("twice", egg), "ready");
        var client = flight.client();

        var answer = client.post(
                "/api/admin/servers",
                client.newServer("twice", 1, egg, flight.allocation(), Flight.IMAGE)
                        .toString());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.errorCode()).isEqualTo("server_name_in_use");
        assertThat(answer.errorMessage()).contains("twice");
    }

    @Test
    void allocationInUse() {
        long egg = quickEgg();
        long allocation = flight.allocation();
        flight.create("holder", egg);
        var client = flight.client();

        var answer = client.post(
                "/api/admin/servers",
                client.newServer("wants-the-same", 1, egg, allocation, Flight.IMAGE)
                        .toString());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.errorCode()).isEqualTo("allocation_in_use");
        assertThat(client.get("/api/servers").body().path("items"))
                .noneMatch(server -> server.path("name").asText().equals("wants-the-same"));
    }

    @Test
    void missingImage() {
        var client = flight.client();
        long egg = flight.egg("echo nothing to do\n", "true", "up");
        var uuid = flight.create("no-image", egg, "rookery/does-not-exist:1");
        flight.awaitStatus(uuid, "ready");

        try (var console = client.console(uuid, -1)) {
            Eventually.holds(
                    "the node's console is open",
                    Flight.SOON,
                    () -> !console.frames("status").isEmpty());
            client.power(uuid, "start").ok();
            Eventually.holds(
                    () -> "an error that names the image among " + console.frames() + "\nnode:\n"
                            + flight.node().log(),
                    Flight.LATER,
                    () -> console.frames().stream()
                            .anyMatch(frame -> frame.toString().contains("rookery/does-not-exist:1")));
        }
        flight.awaitState(uuid, "offline");
        assertThat(flight.node().log()).contains("rookery/does-not-exist:1");
    }

    @Test
    void wrongNodeKey() {
        var outcome = configure("papp_" + "x".repeat(43));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.errors()).contains("did not accept the key").doesNotContain("at dev.rookery");
    }

    @Test
    void reusedNodeKey() {
        var key =
                flight.panelCommand("enrolment-key", "--node", "1").path("key").asText();

        assertThat(configure(key).exitCode()).isZero();
        var second = configure(key);

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.errors()).contains("used").doesNotContain(key);
    }

    @Test
    void unknownConfigurationKey() throws IOException {
        var config = folder.resolve("unknown-key.yml");
        Files.writeString(config, Files.readString(flight.config()) + "\nfoo_bar: 1\n", StandardCharsets.UTF_8);

        var outcome = Program.run(Flight.NODE_MAIN, List.of("--config", config.toString()));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.errors()).contains("foo_bar", "line ").doesNotContain(flight.setting("token"));
    }

    @Test
    void portInUse() throws IOException {
        var config = folder.resolve("port-in-use.yml");
        var home = Files.createDirectories(folder.resolve("second-node"));
        Files.writeString(
                config,
                Files.readString(flight.config()).replace(folder.resolve("node").toString(), home.toString()),
                StandardCharsets.UTF_8);

        var outcome = Program.run(Flight.NODE_MAIN, List.of("--config", config.toString()));

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.errors() + outcome.output())
                .contains(Integer.toString(flight.nodeUrl().getPort()));
    }

    private static long quickEgg() {
        return flight.egg("echo nothing to install\n", "echo up; sleep 1000", "up");
    }

    private static Program.Outcome configure(String key) {
        return Program.run(
                Flight.NODE_MAIN,
                List.of(
                        "configure",
                        "--panel-url",
                        flight.panelUrl().toString(),
                        "--token",
                        key,
                        "--node",
                        "1",
                        "--config",
                        folder.resolve("other.yml").toString(),
                        "--override"));
    }
}
