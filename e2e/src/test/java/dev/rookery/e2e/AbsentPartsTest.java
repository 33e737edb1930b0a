package dev.rookery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.testing.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The panel is away when the node boots; the engine is away altogether. */
@Tag("docker")
@Timeout(240)
class AbsentPartsTest {

    @TempDir
    Path folder;

    @Test
    void aNodeBootsWithoutItsPanelAndTellsItLaterWhatHappened() {
        try (var flight = Flight.take(folder)) {
            long egg = flight.egg(
                    "i=0; while [ $i -lt 4 ]; do echo installing $i; sleep 1; i=$((i+1)); done\n",
                    "echo up; sleep 1000",
                    "up");
            var server = flight.create("panel-away", egg);
            flight.awaitStatus(server, "installing");

            flight.panel().killDashNine();
            flight.node().killDashNine();
            flight.restartNode();
            Eventually.holds(
                    () -> "the log says that the panel is away; it is:\n"
                            + flight.node().log(),
                    Flight.LATER,
                    () -> flight.node().log().contains(flight.panelUrl().toString()));
            assertThat(flight.node().alive()).isTrue();
            flight.restartPanel();

            flight.awaitStatus(server, "ready");
        }
    }

    @Test
    void aNodeWithoutAnEngineSaysSoAndGoesOn() {
        try (var flight = Flight.take(folder, "docker.socket=" + folder.resolve("no-such-engine.sock"))) {
            long egg = flight.egg("echo nothing\n", "sleep 1000", "up");
            var server = flight.create("no-engine", egg);

            Eventually.holds(
                    () -> "the panel says why the server is not created; node:\n"
                            + flight.node().log(),
                    Flight.LATER,
                    () -> flight.client()
                            .get("/api/servers/" + server)
                            .body()
                            .path("statusReason")
                            .asText()
                            .contains("no container engine answers"));
            assertThat(flight.client().status(server)).isEqualTo("creating");
            assertThat(flight.node().alive()).isTrue();
            assertThat(flight.node().log()).contains("no-such-engine.sock");
        }
    }
}
