package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.node.PowerAction;
import dev.rookery.daemon.CrashDetectionOptions;
import dev.rookery.daemon.PowerOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The table of cases: which ends of a process count as crashes. */
class ExitVerdictTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final CrashDetectionOptions options =
            CrashDetectionOptions.builder().detectCleanExitAsCrash(false).build();
    private final ServerReducer reducer =
            new ServerReducer(options, PowerOptions.builder().build());
    private Lifecycle state = Lifecycle.offline(false, true);

    @Test
    void anExitCodeIsACrashAndZeroIsNot() {
        running();
        assertThat(verdict(7, false)).isEqualTo(ExitVerdict.CRASH);
        assertThat(verdict(0, false)).isEqualTo(ExitVerdict.CLEAN);
        // Killed or removed by somebody else.
        assertThat(verdict(137, false)).isEqualTo(ExitVerdict.CRASH);
    }

    @Test
    void zeroIsACrashIfTheNodeIsSetSo() {
        running();
        var exit = new ServerEvent.Exited(state.epoch(), 0, false, NOON);
        var strict =
                CrashDetectionOptions.builder().detectCleanExitAsCrash(true).build();
        assertThat(ExitVerdict.of(state, exit, strict)).isEqualTo(ExitVerdict.CRASH);
    }

    @Test
    void wantOfMemoryIsNamedWhateverTheExitCode() {
        running();
        assertThat(verdict(137, true)).isEqualTo(ExitVerdict.OUT_OF_MEMORY);
        assertThat(verdict(0, true)).isEqualTo(ExitVerdict.OUT_OF_MEMORY);
    }

    @Test
    void anExitThatCrossesAStopWasAskedFor() {
        running();
        tell(new ServerEvent.Power(PowerAction.STOP));
        assertThat(verdict(137, false)).isEqualTo(ExitVerdict.ASKED);
        exit(137, NOON);
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
    }

    @Test
    void aStopCommandThatAUserTypedWasAskedFor() {
        running();
        tell(new ServerEvent.StopTyped(state.epoch(), NOON));
        assertThat(verdict(1, false)).isEqualTo(ExitVerdict.ASKED);
        exit(1, NOON.plusSeconds(20));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
        assertThat(state.lastCrash()).isNull();
    }

    @Test
    void aStopCommandLongAgoExplainsNothing() {
        running();
        tell(new ServerEvent.StopTyped(state.epoch(), NOON));
        exit(1, NOON.plus(ExitVerdict.TYPED_STOP));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void whatTheEngineEndedBeforeItWasLostIsNoCrash() {
        running();
        exit(137, NOON);
        assertThat(state.lastCrash()).isEqualTo(NOON);
        tell(new ServerEvent.EngineLost(NOON.plusSeconds(12)));
        assertThat(state.lastCrash()).isNull();
        tell(new ServerEvent.LaunchFailed(state.epoch(), "no engine", true));
        tell(new ServerEvent.EngineBack(false));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void whatEndedWellBecauseTheEngineStoppedStartsAgain() {
        running();
        exit(0, NOON);
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
        var transition = tell(new ServerEvent.EngineLost(NOON.plusSeconds(12)));
        assertThat(transition.effects()).contains(new Effect.AwaitEngine(state.epoch()));
        tell(new ServerEvent.EngineBack(false));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void whatEndedLongBeforeTheEngineWasLostStaysDown() {
        running();
        exit(0, NOON);
        tell(new ServerEvent.EngineLost(NOON.plus(ExitVerdict.ENGINE_STOP)));
        tell(new ServerEvent.EngineBack(false));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
    }

    @Test
    void aProcessThatTheEngineCameBackWithoutIsNoCrash() {
        running();
        tell(new ServerEvent.EngineLost(NOON));
        tell(new ServerEvent.EngineBack(true));
        assertThat(verdict(137, false)).isEqualTo(ExitVerdict.ENGINE_RESTART);
        exit(137, NOON.plusSeconds(5));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
        assertThat(state.lastCrash()).isNull();
    }

    @Test
    void anEndThatIsSeenBeforeTheEngineIsHeardAgainIsNoCrash() {
        running();
        tell(new ServerEvent.EngineLost(NOON));
        exit(137, NOON.plusSeconds(5));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
        assertThat(state.lastCrash()).isNull();
    }

    @Test
    void anEngineThatWasAwayAndLetTheProcessRunExplainsNothing() {
        running();
        tell(new ServerEvent.EngineLost(NOON));
        tell(new ServerEvent.EngineBack(false));
        exit(7, NOON.plusSeconds(5));
        assertThat(state.lastCrash()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void aProcessThatEndedWhileTheDaemonWasDownIsStartedAgainAndNotCounted() {
        running();
        state = state.booting();
        tell(new ServerEvent.Resumed(false));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
        assertThat(state.lastCrash()).isNull();
    }

    @Test
    void theSecondCrashSoonAfterEndsTheRestartsAndTheNextDayDoesNot() {
        running();
        exit(7, NOON);
        started();
        exit(7, NOON.plusSeconds(30));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
        running();
        exit(7, NOON.plus(Duration.ofDays(1)));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void aClockThatIsSetBackDoesNotEndTheRestarts() {
        running();
        exit(7, NOON);
        started();
        exit(7, NOON.minus(Duration.ofHours(3)));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
        // From here on the new time counts.
        started();
        exit(7, NOON.minus(Duration.ofHours(3)).plusSeconds(5));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
    }

    private void running() {
        tell(new ServerEvent.Power(PowerAction.START));
        started();
    }

    private void started() {
        tell(new ServerEvent.Launched(state.epoch()));
        tell(new ServerEvent.Ready(state.epoch()));
        assertThat(state.phase()).isEqualTo(Phase.RUNNING);
    }

    private ExitVerdict verdict(int exitCode, boolean outOfMemory) {
        return ExitVerdict.of(state, new ServerEvent.Exited(state.epoch(), exitCode, outOfMemory, NOON), options);
    }

    private void exit(int exitCode, Instant at) {
        tell(new ServerEvent.Exited(state.epoch(), exitCode, false, at));
    }

    private Transition tell(ServerEvent event) {
        var transition = reducer.reduce(state, event, NOON);
        state = transition.state();
        return transition;
    }
}
