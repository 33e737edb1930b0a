package dev.rookery.examples.panel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rookery.examples.panel.PanelClient;
import dev.rookery.examples.panel.TestPanel;
import dev.rookery.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules through the API, over a real database and a node that carries them out. */
class ScheduleApiTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private TestPanel panel;
    private PanelClient owner;
    private String schedules;
    private String server;

    @BeforeEach
    void start() {
        panel = TestPanel.start(folder);
        panel.user("owner");
        panel.user("sub");
        server = panel.serverOf("owner");
        owner = panel.client("owner");
        schedules = "/api/servers/" + server + "/schedules";
    }

    @AfterEach
    void stop() {
        panel.close();
    }

    @Test
    void setsUpChangesAndRemovesASchedule() {
        var created = owner.post(schedules, body("30 4 * * mon-fri").toString()).ok();
        assertThat(created.path("nextRunAt").asText()).endsWith("Z");
        assertThat(created.path("catchUp").asText()).isEqualTo("PT30M");
        assertThat(created.at("/tasks/1/offsetSeconds").asInt()).isEqualTo(60);
        assertThat(owner.get(schedules).ok().path("items")).containsExactly(created);

        var path = schedules + "/" + created.path("id").asText();
        var changed =
                owner.put(path, body("0 5 * * *").put("version", 1).toString()).ok();
        assertThat(changed.path("cron").asText()).isEqualTo("0 5 * * *");
        assertThat(owner.put(path, body("0 6 * * *").put("version", 1).toString())
                        .errorCode())
                .isEqualTo("schedule_changed");
        var disabled = owner.put(path + "/enabled", "{\"enabled\": false}").ok();
        assertThat(disabled.path("nextRunAt").isNull()).isTrue();
        assertThat(owner.delete(path).status()).isEqualTo(204);
        assertThat(owner.delete(path).errorCode()).isEqualTo("schedule_not_found");
        assertThat(owner.get(schedules).ok().path("items")).isEmpty();
    }

    @Test
    void runsNowAndTellsWhatCameOfIt() {
        var body = body("0 0 1 1 *");
        body.putArray("tasks").add(task("power", "start", 0)).add(task("command", "say hello", 0));
        var path = schedules + "/"
                + owner.post(schedules, body.toString()).ok().path("id").asText();
        owner.post(path + "/run", "").ok();

        Eventually.holds(
                () -> "the run has ended: " + runs(path),
                SOON,
                () -> !runs(path).at("/0/endedAt").isNull());
        var run = runs(path).path(0);
        assertThat(run.path("trigger").asText()).isEqualTo("manual");
        assertThat(run.at("/tasks/0/state").asText()).as("%s", run).isEqualTo("done");
        assertThat(owner.state(server)).isIn("starting", "running");
    }

    @Test
    void saysBeforehandWhenItWouldBeDue() {
        var preview = "/api/servers/" + server + "/schedule-preview";
        var times = owner.post(preview, "{\"cron\": \"0 0 29 2 *\", \"zone\": \"Asia/Tokyo\"}")
                .ok()
                .path("times");
        assertThat(times)
                .hasSize(5)
                .allSatisfy(time -> assertThat(time.asText()).endsWith("-02-28T15:00:00Z"));
        var never = owner.post(preview, "{\"cron\": \"0 0 30 2 *\", \"zone\": \"UTC\"}")
                .ok();
        assertThat(never.path("times")).isEmpty();
        assertField(owner.post(preview, "{\"cron\": \"61 * * * *\", \"zone\": \"UTC\"}"), "cron");
        assertField(owner.post(preview, "{\"cron\": \"1 * * * *\", \"zone\": \"Mars/Base\"}"), "zone");
    }

    @Test
    void saysWhichFieldIsWrong() {
        assertField(owner.post(schedules, body("0 4 * *").toString()), "cron");
        assertField(owner.post(schedules, body("0 4 * * *").put("name", " ").toString()), "name");
        assertField(
                owner.post(schedules, body("0 4 * * *").put("catchUp", "always").toString()), "catchUp");
        var body = body("0 4 * * *");
        body.withArray("tasks").add(task("power", "explode", 0));
        assertField(owner.post(schedules, body.toString()), "tasks.2");
        var late = body("0 4 * * *");
        late.putArray("tasks").add(task("command", "x", 901));
        assertField(owner.post(schedules, late.toString()), "tasks.0");
    }

    /** CVE-2026-86177: who might edit schedules could have any action carried out. */
    @Test
    void aSubuserSchedulesOnlyWhatTheSubuserMayDo() {
        panel.share(server, "sub", List.of("schedule.read", "schedule.create", "schedule.update", "control.console"));
        var sub = panel.client("sub");
        var kill = body("0 4 * * *");
        kill.putArray("tasks").add(task("power", "kill", 0));
        var refused = sub.post(schedules, kill.toString());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorMessage()).contains("control.stop");

        var path = schedules + "/"
                + owner.post(schedules, kill.toString()).ok().path("id").asText();
        assertThat(sub.post(path + "/run", "").status()).isEqualTo(403);
        assertThat(sub.put(path, kill.put("version", 1).toString()).status()).isEqualTo(403);
        assertThat(sub.put(path + "/enabled", "{\"enabled\": false}").status()).isEqualTo(200);
        assertThat(sub.put(path + "/enabled", "{\"enabled\": true}").status()).isEqualTo(403);
        assertThat(runs(path)).isEmpty();

        var say = body("0 4 * * *");
        say.putArray("tasks").add(task("command", "say hi", 0));
        assertThat(sub.post(schedules, say.toString()).status()).isEqualTo(201);
    }

    private JsonNode runs(String path) {
        return owner.get(path + "/runs").ok().path("items");
    }

    private static void assertField(PanelClient.Answer answer, String field) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(422);
        assertThat(answer.body().at("/error/fields").fieldNames()).toIterable().containsExactly(field);
    }

    private static ObjectNode body(String cron) {
        var body = PanelClient.JSON
                .createObjectNode()
                .put("name", "restart at night")
                .put("cron", cron)
                .put("zone", "Europe/Berlin")
                .put("enabled", true)
                .put("onlyWhenOnline", false)
                .put("catchUp", "PT30M");
        body.putArray("tasks").add(task("command", "say soon", 0)).add(task("power", "restart", 60));
        return body;
    }

    private static ObjectNode task(String action, String payload, int offset) {
        return PanelClient.JSON
                .createObjectNode()
                .put("action", action)
                .put("payload", payload)
                .put("offsetSeconds", offset)
                .put("continueOnFailure", false);
    }
}
