package dev.rookery.panel;

import static dev.rookery.panel.ScheduleFixture.after;
import static dev.rookery.panel.ScheduleFixture.orGoOn;
import static dev.rookery.panel.ScheduleFixture.power;
import static dev.rookery.panel.ScheduleFixture.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.panel.schedule.CatchUp;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleOptions;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleRun.Trigger;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.schedule.TaskRun;
import dev.rookery.panel.schedule.TaskRun.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a schedule whose time has come. */
class ScheduleRunsTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ScheduleFixture fixture = new ScheduleFixture();

    @Test
    void runsWhenItsTimeHasComeAndNotBefore() {
        var schedule = fixture.add(say("hello"));
        assertThat(schedule.nextRunAt()).contains(NOON.plus(TEN_MINUTES));

        fixture.advance(Duration.ofMinutes(9).plusSeconds(59));
        assertThat(fixture.calls()).isEmpty();
        fixture.advance(Duration.ofSeconds(1));
        fixture.schedules.runDue();

        assertThat(fixture.calls()).containsExactly("command [say hello]");
        var run = fixture.lastRun(schedule);
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.trigger()).isEqualTo(Trigger.TIME);
        assertThat(run.dueAt()).isEqualTo(NOON.plus(TEN_MINUTES));
        assertThat(run.tasks()).extracting(TaskRun::state).containsExactly(State.DONE);
        assertThat(fixture.node().correlation).contains(run.id().toString());
        assertThat(fixture.node().deadline).contains(Duration.ofSeconds(30));
        assertThat(fixture.get(schedule).nextRunAt()).contains(NOON.plus(Duration.ofMinutes(20)));
        assertThat(fixture.get(schedule).lastRunAt()).contains(run.startedAt());
        assertThat(fixture.get(schedule).running()).isEmpty();
    }

    @Test
    void eachTaskWaitsForTheEndOfTheOneBeforeIt() {
        var schedule = fixture.add(
                say("restart in a minute"),
                after(Duration.ofMinutes(1), power(PowerAction.RESTART)),
                after(Duration.ofSeconds(30), say("back")));

        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).hasSize(1);
        assertThat(fixture.get(schedule).running()).isPresent();
        fixture.advance(Duration.ofSeconds(59));
        assertThat(fixture.calls()).hasSize(1);
        fixture.advance(Duration.ofSeconds(1));
        assertThat(fixture.calls()).hasSize(2);
        fixture.advance(Duration.ofSeconds(30));

        assertThat(fixture.calls())
                .containsExactly("command [say restart in a minute]", "power RESTART", "command [say back]");
        assertThat(fixture.lastRun(schedule).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void doesEachKindOfAction() {
        var schedule = fixture.add(
                power(PowerAction.STOP),
                ScheduleTask.of(TaskAction.of("backup", "*.log\n\ncache/")),
                ScheduleTask.of(TaskAction.of("delete_files", "old.zip\nlogs")));

        fixture.advance(TEN_MINUTES);

        assertThat(fixture.calls()).containsExactly("power STOP", "delete files [old.zip]", "delete files [logs]");
        assertThat(fixture.backups).hasSize(1);
        assertThat(fixture.lastRun(schedule).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aFailureEndsTheRunUnlessItsTaskSaysOtherwise() {
        var stops = fixture.add(say("one"), say("two"));
        fixture.node().failures.add(new UnavailableException("the node is away"));
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).containsExactly("command [say one]");
        var run = fixture.lastRun(stops);
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.tasks()).extracting(TaskRun::state).containsExactly(State.FAILED, State.PENDING);
        assertThat(run.tasks().get(0).error()).contains("the node is away");
        fixture.schedules.delete(fixture.server, stops.id(), Caller.panel());
        fixture.calls().clear();

        var goesOn = fixture.add(orGoOn(say("one")), say("two"));
        fixture.node().failures.add(new UnavailableException("the node is away"));
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).containsExactly("command [say one]", "command [say two]");
        assertThat(fixture.lastRun(goesOn).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fixture.lastRun(goesOn).tasks())
                .extracting(TaskRun::state)
                .containsExactly(State.FAILED, State.DONE);
    }

    @Test
    void anOfflineServerIsLeftAloneWhereThatIsWanted() {
        var schedule = fixture.schedules.create(fixture.server, online(fixture.spec(say("hello"))), Caller.panel());
        fixture.node().state = ServerState.OFFLINE;
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).isEmpty();
        assertThat(fixture.lastRun(schedule).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(fixture.lastRun(schedule).reason()).contains("the server is offline");

        fixture.schedules.runNow(fixture.server, schedule.id(), Caller.panel());
        fixture.schedules.runDue();
        assertThat(fixture.lastRun(schedule).outcome()).as("by hand, too").isEqualTo(Outcome.SKIPPED);

        fixture.node().state = ServerState.RUNNING;
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).containsExactly("command [say hello]");
    }

    @Test
    void aSuspendedServerIsLeftAlone() {
        var schedule = fixture.add(say("hello"), after(Duration.ofMinutes(1), say("again")));
        fixture.panel.service.suspend(fixture.server, true);
        fixture.calls().clear();
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.lastRun(schedule).outcome()).isEqualTo(Outcome.SKIPPED);

        fixture.panel.service.suspend(fixture.server, false);
        fixture.advance(TEN_MINUTES);
        fixture.panel.service.suspend(fixture.server, true);
        fixture.advance(Duration.ofMinutes(1));
        assertThat(fixture.lastRun(schedule).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(fixture.calls()).doesNotContain("command [say again]");
    }

    @Test
    void missedTimesPassAreMadeUpForOrHaveAGrace() {
        var skips = caughtUp(CatchUp.skip());
        var once = caughtUp(CatchUp.once());
        var within = caughtUp(CatchUp.within(Duration.ofMinutes(5)));

        fixture.advance(Duration.ofHours(24).plusMinutes(4));
        assertThat(fixture.lastRun(skips).outcome()).isEqualTo(Outcome.MISSED);
        assertThat(fixture.lastRun(once).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fixture.lastRun(within).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(fixture.lastRun(once).dueAt()).isEqualTo(NOON.plus(Duration.ofHours(24)));
        assertThat(fixture.lastRun(once).reason()).contains("for all times since 2026-03-01T12:10:00Z");
        assertThat(fixture.runs(once)).hasSize(1);

        fixture.advance(Duration.ofHours(24).plusMinutes(2));
        assertThat(fixture.lastRun(within).outcome()).as("6 min late").isEqualTo(Outcome.MISSED);
        fixture.advance(Duration.ofMinutes(4));
        assertThat(fixture.lastRun(skips).outcome()).as("punctual again").isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aRunThatHadToWaitForAnotherOneIsNotMissed() {
        assertThat(twoThatWait(Duration.ofMinutes(10))).containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED);
    }

    @Test
    void aRunThatHadToWaitForTooLongIsMissed() {
        assertThat(twoThatWait(Duration.ofMinutes(2))).containsExactlyInAnyOrder(Outcome.SUCCEEDED, Outcome.MISSED);
    }

    /** Has one run keep the only place for five minutes, and returns what became of it and of one that was due at the same time. */
    private List<Outcome> twoThatWait(Duration patience) {
        var due = List.of(caughtUp(CatchUp.skip()), caughtUp(CatchUp.skip()));
        var answer = new CountDownLatch(1);
        fixture.node().beforeEffect = () -> hold(answer);
        var options = ScheduleOptions.builder()
                .poll(Duration.ofMillis(5))
                .runsPerNode(1)
                .patience(patience)
                .build();
        try (var schedules = fixture.schedules(fixture.panel.store, options)) {
            schedules.start();
            fixture.panel.clock.advance(TEN_MINUTES);
            await().atMost(Duration.ofSeconds(30)).until(() -> !fixture.calls().isEmpty());
            fixture.panel.clock.advance(Duration.ofMinutes(5));
            answer.countDown();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> due.stream()
                            .allMatch(schedule -> fixture.runs(schedule).stream()
                                    .anyMatch(run -> run.endedAt().isPresent())));
        }
        return due.stream().map(schedule -> fixture.lastRun(schedule).outcome()).toList();
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Schedule caughtUp(CatchUp catchUp) {
        var spec = ScheduleSpec.builder()
                .from(fixture.spec(say(catchUp.toString())))
                .catchUp(catchUp)
                .build();
        return fixture.schedules.create(fixture.server, spec, Caller.panel());
    }

    private static ScheduleSpec online(ScheduleSpec spec) {
        return ScheduleSpec.builder().from(spec).onlyWhenOnline(true).build();
    }
}
