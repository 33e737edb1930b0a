package dev.rookery.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.ServerId;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.token.NodeCredentials;
import dev.rookery.api.token.RotatingCredentials;
import dev.rookery.daemon.internal.server.ContainerSpecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock is set while servers crash, stop and are installed: nothing is stuck, nothing is lost, no time limit is without end. */
class ClockJumpFunctionalTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private final SetClock clock = new SetClock();
    private final MemoryPanel panel = new MemoryPanel();
    private final MemoryEnvironment environment = new MemoryEnvironment();
    private final ServerId id = ServerId.random();
    private DaemonOptionsBuilder options;
    private Daemon daemon;

    @AfterEach
    void end() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -30, 30, 86_400})
    void aServerThatCrashesIsStartedAgain(long seconds) {
        start(power -> power);
        install();
        daemon.node().server(id).power(PowerAction.START);
        awaitStarts(1);
        clock.set(Duration.ofSeconds(-seconds));
        environment.end(id.toString(), 7);
        awaitStarts(2);
        clock.set(Duration.ZERO);
        if (seconds < 0 || seconds > 60) {
            environment.end(id.toString(), 7);
            awaitStarts(3);
        }
        // By a clock that goes on, the second crash in a minute is one too many.
        environment.end(id.toString(), 7);
        awaitState(ServerState.OFFLINE);
        assertThat(environment.started).hasSize(seconds < 0 || seconds > 60 ? 3 : 2);
        await().atMost(SOON)
                .until(() -> !panel.states.isEmpty()
                        && panel.states.get(panel.states.size() - 1).newState().equals(ServerState.OFFLINE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400})
    void anInstallationHasItsTimeAndNoMore(long seconds) {
        start(power -> power.installTimeout(Duration.ofSeconds(2)));
        define();
        environment.startHold = CompletableFuture.completedFuture(true);
        daemon.node().createServer(new CreateServer(id, false));
        await().atMost(SOON).until(() -> environment.started.contains(installer()));
        clock.set(Duration.ofSeconds(seconds));
        // It goes on, whatever the clock says; nobody ends it before its time.
        await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> panel.installs.isEmpty());
        await().atMost(SOON).until(() -> panel.installs.size() == 1);
        assertThat(panel.installs.get(0).report().successful()).isFalse();
        assertThat(environment.processes).doesNotContainKey(installer());
    }

    @Test
    void anInstallationThatGoesOnAfterARestartHasNoMoreTimeForAClockThatWasSetBack() {
        start(power -> power.installTimeout(Duration.ofSeconds(2)));
        define();
        daemon.node().createServer(new CreateServer(id, false));
        await().atMost(SOON).until(() -> environment.started.contains(installer()));
        daemon.close();
        clock.set(Duration.ofDays(-1));
        restart();
        await().atMost(SOON).until(() -> panel.installs.size() == 1);
        assertThat(panel.installs.get(0).report().successful()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 0, 86_400})
    void aStopHasItsDeadlineAlsoAfterARestart(long seconds) {
        start(power -> power.stopTimeout(Duration.ofSeconds(2)));
        install();
        daemon.node().server(id).power(PowerAction.START);
        awaitStarts(1);
        // What runs here does not heed its stop command.
        daemon.node().server(id).power(PowerAction.STOP);
        awaitState(ServerState.STOPPING);
        daemon.close();
        clock.set(Duration.ofSeconds(seconds));
        restart();
        awaitState(ServerState.OFFLINE);
        assertThat(environment.processes.get(id.toString()).running()).isFalse();
    }

    @Test
    void aTokenThatWasExchangedHoldsNoLongerForAClockThatWasSetBack() {
        var old = new NodeCredentials("old-id-012345678", "a".repeat(40));
        var next = new NodeCredentials("new-id-012345678", "b".repeat(40));
        var credentials = RotatingCredentials.of(old, clock);
        credentials.rotate(next, Duration.ofMinutes(10));
        assertThat(credentials.matches("a".repeat(40))).isTrue();
        clock.set(Duration.ofDays(-1));
        assertThat(credentials.matches("a".repeat(40))).isFalse();
        assertThat(credentials.matches("b".repeat(40))).isTrue();
        clock.set(Duration.ofDays(1));
        assertThat(credentials.matches("a".repeat(40))).isFalse();
        assertThat(credentials.matches("b".repeat(40))).isTrue();
    }

    private void define() {
        panel.configurations.put(id, TestNode.configuration(id, TestNode.GAME));
        panel.scripts.put(id, TestNode.script("true"));
    }

    private void install() {
        define();
        daemon.node().createServer(new CreateServer(id, false));
        await().atMost(SOON).until(() -> environment.started.contains(installer()));
        environment.end(installer(), 0);
        await().atMost(SOON).until(() -> panel.installs.size() == 1);
        assertThat(panel.installs.get(0).report().successful()).isTrue();
        awaitState(ServerState.OFFLINE);
        environment.started.clear();
    }

    private String installer() {
        return id + ContainerSpecs.INSTALLER_SUFFIX;
    }

    private void start(UnaryOperator<PowerOptionsBuilder> power) {
        options = DaemonOptions.builder(UUID.randomUUID(), root)
                .power(power.apply(PowerOptions.builder()).build());
        restart();
    }

    private void restart() {
        daemon = Daemon.builder(options.build(), panel)
                .environment(context -> environment)
                .clock(clock)
                .build();
        daemon.start();
    }

    private void awaitStarts(int count) {
        await("start " + count).atMost(SOON).until(() -> environment.started.size() == count);
        awaitState(ServerState.STARTING);
    }

    private void awaitState(ServerState state) {
        await("state " + state)
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> daemon.node().server(id).details().state().equals(state));
    }
}
