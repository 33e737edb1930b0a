package dev.rookery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.build.tiers.SecondLane;
import dev.rookery.testing.Eventually;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One server through all of it: egg, panel, node, engine, console; and every kill that it has to survive. */
@Tag("docker")
@Timeout(300)
@SecondLane
class FirstFlightTest {

    private static final String INSTALL = """
            #!/bin/sh
            cat > /mnt/server/run.sh <<'END'
            stty -echo 2>/dev/null
            echo "up"
            ( i=1; while [ $i -le 100000 ]; do echo "tick $i"; i=$((i+1)); sleep 0.1; done ) &
            while read -r line; do
              [ "$line" = stop ] && exit 0
              echo "you said $line"
            done
            END
            echo "install begins"
            i=0; while [ $i -lt DELAY ]; do echo "installing $i"; sleep 1; i=$((i+1)); done
            echo done > /mnt/server/installed.txt
            """;

    @TempDir
    Path folder;

    @Test
    void aServerIsCreatedStartedAskedStoppedAndDeleted() {
        try (var flight = Flight.take(folder)) {
            var client = flight.client();
            var server = flight.create("first", egg(flight, 0));
            flight.awaitStatus(server, "ready");

            try (var console = client.console(server, -1)) {
                var click = client.power(server, "start");
                click.ok();
                flight.awaitState(server, "running");
                assertThat(flight.node().log())
                        .as("the click's correlation id in the node's log")
                        .contains(click.response()
                                .headers()
                                .firstValue("x-correlation-id")
                                .orElseThrow());
                Eventually.holds("a tick", Flight.SOON, () -> console.hasLine("tick 3"));
                console.command("hello");
                Eventually.holds("the answer", Flight.SOON, () -> console.hasLine("you said hello"));
                Eventually.holds(
                        "usage", Flight.SOON, () -> !console.frames("stats").isEmpty());
                client.power(server, "stop").ok();
                flight.awaitState(server, "offline");
            }

            client.delete("/api/servers/" + server).ok();
            Eventually.holds(
                    "it is gone", Flight.LATER, () -> client.status(server).equals("absent"));
        }
    }

    @Test
    void aNodeKilledDuringTheInstallEndsInAnInstalledServer() {
        try (var flight = Flight.take(folder)) {
            var server = flight.create("killed-in-install", egg(flight, 4));
            Eventually.holds(
                    () -> "the install runs; node:\n" + flight.node().log(),
                    Flight.LATER,
                    () -> flight.client()
                            .get("/api/servers/" + server + "/install-log")
                            .body()
                            .path("text")
                            .asText()
                            .contains("installing 1"));

            flight.node().killDashNine();
            flight.restartNode();

            flight.awaitStatus(server, "ready");
            flight.client().power(server, "start").ok();
            flight.awaitState(server, "running");
        }
    }

    @Test
    void aNodeKilledWhileAServerRunsComesBackWithoutAHoleInTheConsole() throws InterruptedException {
        try (var flight = Flight.take(folder)) {
            var client = flight.client();
            var server = flight.create("killed-while-running", egg(flight, 0));
            flight.awaitStatus(server, "ready");
            client.power(server, "start").ok();
            flight.awaitState(server, "running");
            try (var before = client.console(server, 0)) {
                Eventually.holds("some ticks", Flight.SOON, () -> before.hasLine("tick 20"));
            }

            flight.node().killDashNine();
            Thread.sleep(2000); // the server goes on without its node
            flight.restartNode();
            flight.awaitState(server, "running");

            try (var after = client.console(server, 0)) {
                Eventually.holds("later ticks", Flight.LATER, () -> after.hasLine("tick 60"));
                var numbers = after.numbers();
                assertThat(numbers)
                        .isEqualTo(LongStream.rangeClosed(1, numbers.size())
                                .boxed()
                                .toList());
                var ticks = after.frames("output").stream()
                        .map(frame -> frame.path("line").asText())
                        .filter(line -> line.startsWith("tick "))
                        .map(line -> Long.parseLong(line.substring(5).strip()))
                        .toList();
                assertThat(ticks)
                        .as("every line that was written meanwhile")
                        .isEqualTo(
                                LongStream.rangeClosed(1, ticks.size()).boxed().toList());
                after.command("still there?");
                Eventually.holds("the answer", Flight.SOON, () -> after.hasLine("you said still there?"));
            }
        }
    }

    @Test
    void aPanelKilledDuringCreationCreatesTheServerOrNothing() throws InterruptedException {
        try (var flight = Flight.take(folder)) {
            long egg = egg(flight, 1);
            for (int millis : new int[] {0, 30, 120, 400}) {
                var server = flight.create("killed-after-" + millis, egg);
                Thread.sleep(millis); // moves the kill along the operation's steps
                flight.panel().killDashNine();
                flight.restartPanel();

                flight.awaitStatus(server, "ready");
            }
            assertThat(flight.client().get("/api/servers").ok().path("items")).hasSize(4);
        }
    }

    private static long egg(Flight flight, int installSeconds) {
        return flight.egg(
                INSTALL.replace("DELAY", Integer.toString(installSeconds)), "sh /home/container/run.sh", "up");
    }
}
