package dev.rookery.daemon.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.node.PowerAction;
import dev.rookery.daemon.CrashDetectionOptions;
import dev.rookery.daemon.PowerOptions;
import dev.rookery.daemon.internal.server.Lifecycle.InstallWish;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerReducerTest {

    private static final int ORDERS = 100_000;
    private static final int EVENTS = 40;

    private final ServerReducer reducer = new ServerReducer(
            CrashDetectionOptions.builder().build(), PowerOptions.builder().build());
    private Lifecycle state = Lifecycle.offline(false, true);
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void staysTrueInAnyOrderOfEvents() {
        long seed = Long.getLong("rookery.seed", new Random().nextLong());
        for (int order = 0; order < ORDERS; order++) {
            var random = new Random(seed + order);
            var world = new SimulatedWorld(random, reducer, Lifecycle.offline(false, true));
            try {
                int events = 1 + random.nextInt(EVENTS);
                for (int i = 0; i < events; i++) {
                    world.step();
                }
                world.settle();
            } catch (AssertionError e) {
                throw new AssertionError(
                        "-Drookery.seed=" + (seed + order) + "\n" + String.join("\n", world.history()), e);
            }
        }
    }

    @Test
    void killsWhileTheImageIsPulled() {
        tell(new ServerEvent.Power(PowerAction.START));
        var transition = tell(new ServerEvent.Power(PowerAction.KILL));
        assertThat(transition.effects()).contains(new Effect.Abort(state.epoch()));
        tell(new ServerEvent.LaunchFailed(state.epoch(), "cancelled", false));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
    }

    @Test
    void killDuringAnInstallationAbortsItAndStartsNothing() {
        tell(new ServerEvent.Install(new InstallWish(false, true)));
        tell(new ServerEvent.Power(PowerAction.KILL));
        var transition = tell(new ServerEvent.InstallEnded(state.epoch(), false));
        assertThat(transition.effects()).contains(new Effect.ReportInstall(new InstallWish(false, true), false));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
    }

    @Test
    void endsAnInstallationOnDemandAndNothingElse() {
        tell(new ServerEvent.Install(new InstallWish(false, true)));
        assertThat(tell(new ServerEvent.AbortInstall()).effects()).contains(new Effect.Abort(state.epoch()));
        assertThat(tell(new ServerEvent.AbortInstall()).effects())
                .as("again")
                .doesNotContain(new Effect.Abort(state.epoch()));
        tell(new ServerEvent.InstallEnded(state.epoch(), false));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);

        launch();
        assertThat(tell(new ServerEvent.AbortInstall()).refusal()).isNotNull();
        assertThat(state.phase()).isEqualTo(Phase.STARTING);
    }

    @Test
    void installsAnewOnlyWhatIsOffline() {
        launch();

        assertThat(tell(new ServerEvent.Install(new InstallWish(false, false))).refusal())
                .isNotNull();
        assertThat(state.phase()).isEqualTo(Phase.STARTING);
    }

    @Test
    void startsAfterTheInstallationWhenAskedTo() {
        tell(new ServerEvent.Install(new InstallWish(false, true)));
        tell(new ServerEvent.InstallEnded(state.epoch(), true));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void startsAgainAfterACrashButNotAfterTheNextOneSoonAfter() {
        launch();
        tell(new ServerEvent.Exited(state.epoch(), 7, false, Instant.ofEpochSecond(100)));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
        tell(new ServerEvent.Launched(state.epoch()));
        tell(new ServerEvent.Exited(state.epoch(), 7, false, Instant.ofEpochSecond(159)));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
    }

    @Test
    void anEndThatWasAskedForIsNoCrash() {
        launch();
        tell(new ServerEvent.Power(PowerAction.STOP));
        tell(new ServerEvent.Exited(state.epoch(), 137, false, Instant.EPOCH));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
        assertThat(state.lastCrash()).isNull();
    }

    @Test
    void killsWhatDoesNotStopInTime() {
        launch();
        tell(new ServerEvent.Power(PowerAction.STOP));
        var transition = tell(new ServerEvent.StopOverdue(state.epoch()));
        assertThat(transition.effects()).contains(new Effect.Kill(state.epoch()));
    }

    @Test
    void refusesToStartWhatIsSuspended() {
        tell(new ServerEvent.Configured(true, true));
        assertThat(tell(new ServerEvent.Power(PowerAction.START)).refusal()).isNotNull();
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
    }

    @Test
    void goesOnStartingAfterARestartOfTheDaemon() {
        launch();
        state = state.booting();
        var transition = tell(new ServerEvent.Resumed(true));
        assertThat(transition.effects()).contains(new Effect.Attach(state.epoch()));
        assertThat(state.phase()).isEqualTo(Phase.STARTING);
    }

    @Test
    void startsAgainWhatRanBeforeTheDaemonEnded() {
        launch();
        tell(new ServerEvent.Ready(state.epoch()));
        state = state.booting();
        tell(new ServerEvent.Resumed(false));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void keepsAKillThatCameBeforeItWasKnownWhatRuns() {
        launch();
        state = state.booting();
        tell(new ServerEvent.Power(PowerAction.KILL));
        var transition = tell(new ServerEvent.Resumed(true));
        assertThat(transition.effects()).contains(new Effect.Kill(state.epoch()));
        assertThat(state.phase()).isEqualTo(Phase.STOPPING);
    }

    @Test
    void startsOnceTheEngineIsBackWhatCouldNotBeStartedWithoutIt() {
        tell(new ServerEvent.Power(PowerAction.START));
        var transition = tell(new ServerEvent.LaunchFailed(state.epoch(), "no engine", true));
        assertThat(transition.effects()).contains(new Effect.AwaitEngine(state.epoch()));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
        // The wish outlives the daemon.
        state = state.booting();
        tell(new ServerEvent.Resumed(false));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
        tell(new ServerEvent.LaunchFailed(state.epoch(), "no engine", true));
        tell(new ServerEvent.EngineBack(false));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void aStopEndsTheWaitForTheEngine() {
        tell(new ServerEvent.Power(PowerAction.START));
        tell(new ServerEvent.LaunchFailed(state.epoch(), "no engine", true));
        tell(new ServerEvent.Power(PowerAction.STOP));
        tell(new ServerEvent.EngineBack(false));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
        assertThat(state.next()).isEqualTo(Lifecycle.Next.NONE);
    }

    @Test
    void theDeadlineOfAStopIsTheSameAfterARestartOfTheDaemon() {
        launch();
        tell(new ServerEvent.Power(PowerAction.STOP));
        var deadline = now.plus(Duration.ofMinutes(10));
        assertThat(state.stopDeadline()).isEqualTo(deadline);
        state = state.booting();
        now = now.plus(Duration.ofMinutes(9));
        var transition = tell(new ServerEvent.Resumed(true));
        assertThat(transition.effects()).contains(new Effect.Stop(state.epoch(), Effect.Patience.NORMAL, deadline));
        tell(new ServerEvent.Exited(state.epoch(), 0, false, now));
        assertThat(state.stopDeadline()).isNull();
    }

    @Test
    void whatWasKilledIsKilledAfterARestartOfTheDaemonAndNotAskedToStop() {
        launch();
        tell(new ServerEvent.Power(PowerAction.KILL));
        state = state.booting();
        var transition = tell(new ServerEvent.Resumed(true));
        assertThat(transition.effects())
                .contains(new Effect.Kill(state.epoch()))
                .noneMatch(Effect.Stop.class::isInstance);
        tell(new ServerEvent.Exited(state.epoch(), 137, false, now));
        tell(new ServerEvent.Power(PowerAction.START));
        assertThat(state.killed()).isFalse();
    }

    @Test
    void killsBeforeItIsKnownWhatRuns() {
        launch();
        state = state.booting();
        assertThat(tell(new ServerEvent.Power(PowerAction.KILL)).effects()).contains(new Effect.Kill(state.epoch()));
    }

    @Test
    void onlyWhatManyDoAtOnceWaitsInLine() {
        assertThat(tell(new ServerEvent.Power(PowerAction.START)).effects())
                .contains(new Effect.Launch(state.epoch(), false));
        state = state.booting();
        assertThat(tell(new ServerEvent.Resumed(false)).effects()).contains(new Effect.Launch(state.epoch(), true));
        tell(new ServerEvent.LaunchFailed(state.epoch(), "no engine", true));
        assertThat(tell(new ServerEvent.EngineBack(false)).effects()).contains(new Effect.Launch(state.epoch(), true));
    }

    @Test
    void aWishThatIsRefusedOrChangesNothingIsNoReasonToForgetTheEngine() {
        launch();
        tell(new ServerEvent.EngineLost(now));
        assertThat(state.hints().engineRestarted()).isTrue();
        tell(new ServerEvent.Power(PowerAction.START));
        assertThat(state.hints().engineRestarted()).as("it runs already").isTrue();
        state = state.toBuilder().suspended(true).build();
        assertThat(tell(new ServerEvent.Power(PowerAction.RESTART)).refusal()).isNotNull();
        assertThat(state.hints().engineRestarted()).as("refused").isTrue();
        state = state.toBuilder().suspended(false).build();
        tell(new ServerEvent.Power(PowerAction.RESTART));
        assertThat(state.hints().engineRestarted()).as("granted").isFalse();
    }

    @Test
    void whatIsTransferredStopsAndNothingOfItBeginsUntilThatEnds() {
        launch();
        var deadline = now.plus(Duration.ofMinutes(10));
        assertThat(tell(new ServerEvent.Transfer(true)).effects())
                .contains(new Effect.Stop(state.epoch(), Effect.Patience.NORMAL, deadline));
        assertThat(refusal(new ServerEvent.Power(PowerAction.START))).isEqualTo("the server is being transferred");
        assertThat(refusal(new ServerEvent.Install(new InstallWish(true, false))))
                .isEqualTo("the server is being transferred");
        tell(new ServerEvent.Exited(state.epoch(), 0, false, now));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);

        state = state.booting();
        tell(new ServerEvent.Resumed(false));
        assertThat(state.phase()).isEqualTo(Phase.OFFLINE);
        assertThat(tell(new ServerEvent.Transfer(false)).effects()).isEmpty();
        tell(new ServerEvent.Power(PowerAction.START));
        assertThat(state.phase()).isEqualTo(Phase.LAUNCHING);
    }

    @Test
    void whatIsTransferredIsStoppedOnAfterARestartOfTheDaemon() {
        launch();
        tell(new ServerEvent.Transfer(true));
        state = state.booting();
        assertThat(tell(new ServerEvent.Resumed(true)).effects()).anyMatch(Effect.Stop.class::isInstance);
    }

    @Test
    void aTransferGivesUpALaunchAndWaitsForNoInstallation() {
        tell(new ServerEvent.Power(PowerAction.START));
        assertThat(tell(new ServerEvent.Transfer(true)).effects()).contains(new Effect.Abort(state.epoch()));
        tell(new ServerEvent.LaunchFailed(state.epoch(), "no engine", true));
        assertThat(state.next()).as("no start once the engine is back").isEqualTo(Lifecycle.Next.NONE);
        tell(new ServerEvent.Transfer(false));

        tell(new ServerEvent.Install(new InstallWish(true, false)));
        assertThat(refusal(new ServerEvent.Transfer(true))).isEqualTo("the server is being installed");
        assertThat(state.transferring()).isFalse();
    }

    @Test
    void whatIsTransferredCanBeDeleted() {
        tell(new ServerEvent.Transfer(true));
        assertThat(tell(new ServerEvent.Delete()).effects()).contains(new Effect.Remove(state.epoch()));
        assertThat(refusal(new ServerEvent.Transfer(true))).isEqualTo("the server is being deleted");
    }

    private String refusal(ServerEvent event) {
        var refusal = tell(event).refusal();
        return refusal == null ? "" : refusal.text();
    }

    private void launch() {
        tell(new ServerEvent.Power(PowerAction.START));
        tell(new ServerEvent.Launched(state.epoch()));
    }

    private Transition tell(ServerEvent event) {
        var transition = reducer.reduce(state, event, now);
        state = transition.state();
        return transition;
    }
}
