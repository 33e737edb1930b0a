package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.TaskRun.State;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.ScheduleStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ScheduleStore} has to do with runs. Extend it and hand in an empty store; it is called once for each test. */
public abstract class ScheduleRunStoreContract extends ScheduleContract {

    /** For the classes that extend this one. */
    protected ScheduleRunStoreContract() {}

    @Test
    void aRunAndTheNextTimeArePutDownTogether() {
        addDue("one", NOW);
        var claimed = claim("a", NOW).orElseThrow();
        var run = run(claimed.schedule());
        var next = NOW.plus(Duration.ofMinutes(10));

        assertThat(schedules.begin(claimed, run, Optional.of(next), MANY)).isTrue();
        var present = schedules.find(run.schedule()).orElseThrow();
        assertThat(present.nextRunAt()).contains(next);
        assertThat(present.running()).contains(run.id());
        assertThat(present.lastRunAt()).contains(run.startedAt());
        assertThat(present.version()).isEqualTo(1);
        assertThat(schedules.runs(run.schedule(), MANY)).containsExactly(run);
        assertThat(claim("b", NOW)).as("claimed").isEmpty();
        assertThat(claim("b", NOW.plus(LEASE)).orElseThrow().run())
                .as("left behind by a")
                .contains(run);
    }

    @Test
    void aRunThatHasEndedAlreadyOnlyGoesIntoTheHistory() {
        addDue("one", NOW);
        var claimed = claim("a", NOW).orElseThrow();
        var missed = ended(run(claimed.schedule()), Outcome.MISSED);

        assertThat(schedules.begin(claimed, missed, Optional.of(NOW.plus(MINUTE)), MANY))
                .isTrue();
        var present = schedules.find(missed.schedule()).orElseThrow();
        assertThat(present.running()).isEmpty();
        assertThat(present.lastRunAt()).isEmpty();
        assertThat(schedules.runs(missed.schedule(), MANY)).containsExactly(missed);
        assertThat(claim("b", NOW)).isEmpty();
        assertThat(claim("b", NOW.plus(MINUTE))).as("the claim was given back").isPresent();
    }

    @Test
    void aRunRestsAndGoesOn() {
        addDue("one", NOW);
        var claimed = claim("a", NOW).orElseThrow();
        var run = run(claimed.schedule());
        schedules.begin(claimed, run, Optional.of(NOW.plus(MINUTE)), MANY);
        var begun = progress(run, State.STARTED);
        assertThat(schedules.save(claimed, begun)).isTrue();
        assertThat(schedules.runs(run.schedule(), MANY)).containsExactly(begun);
        var rested = progress(run, State.DONE);
        assertThat(schedules.rest(claimed, rested, NOW.plus(Duration.ofMinutes(5))))
                .isTrue();

        assertThat(claim("b", NOW.plus(Duration.ofMinutes(4))))
                .as("its time has come, but its run is under way")
                .isEmpty();
        var again = claim("b", NOW.plus(Duration.ofMinutes(5))).orElseThrow();
        assertThat(again.run()).contains(rested);
        assertThat(schedules.save(claimed, begun)).as("given back").isFalse();
        assertThat(schedules.rest(claimed, begun, NOW)).isFalse();
        assertThat(schedules.finish(claimed, begun, MANY)).isFalse();
        assertThat(schedules.runs(run.schedule(), MANY)).containsExactly(rested);
    }

    @Test
    void theEndOfARunGivesTheScheduleBack() {
        addDue("one", NOW);
        var claimed = claim("a", NOW).orElseThrow();
        var run = run(claimed.schedule());
        schedules.begin(claimed, run, Optional.of(NOW.plus(MINUTE)), MANY);
        var ended = ended(progress(run, State.FAILED), Outcome.FAILED);

        assertThat(schedules.finish(claimed, ended, MANY)).isTrue();
        assertThat(schedules.find(run.schedule()).orElseThrow().running()).isEmpty();
        assertThat(schedules.runs(run.schedule(), MANY)).containsExactly(ended);
        assertThat(claim("b", NOW.plusSeconds(59))).isEmpty();
        assertThat(claim("b", NOW.plus(MINUTE)).orElseThrow().run()).isEmpty();
    }

    @Test
    void aRunOutOfTurnIsDueAtOnceAndAlone() {
        var schedule = add("one");
        var disabled =
                ScheduleSpec.builder().from(schedule.spec()).enabled(false).build();
        schedules.change(Schedule.builder().from(schedule).spec(disabled).build());
        var run = run(schedule);
        schedules.request(run);

        assertThat(schedules.find(schedule.id()).orElseThrow().running()).contains(run.id());
        assertProblem(Problem.SCHEDULE_BUSY, () -> schedules.request(run(schedule)));
        var claimed = claim("a", NOW).orElseThrow();
        assertThat(claimed.run()).contains(run);
        assertThat(schedules.finish(claimed, ended(run, Outcome.SUCCEEDED), MANY))
                .isTrue();
        assertThat(claim("b", NOW.plus(Duration.ofDays(1)))).isEmpty();
        assertProblem(
                Problem.SCHEDULE_NOT_FOUND,
                () -> schedules.request(ScheduleRun.builder()
                        .from(run(schedule))
                        .schedule(UUID.randomUUID())
                        .build()));
    }

    @Test
    void theNewestRunsAreKept() {
        var schedule = addDue("one", NOW);
        for (int i = 0; i < 5; i++) {
            var now = NOW.plus(MINUTE.multipliedBy(i));
            var claimed = claim("lease " + i, now).orElseThrow();
            var run = ScheduleRun.builder().from(run(schedule)).startedAt(now).build();
            schedules.begin(claimed, run, Optional.of(now.plus(MINUTE)), 3);
            schedules.finish(claimed, ended(run, Outcome.SUCCEEDED), 3);
        }

        assertThat(schedules.runs(schedule.id(), MANY))
                .extracting(ScheduleRun::startedAt)
                .containsExactly(
                        NOW.plus(MINUTE.multipliedBy(4)),
                        NOW.plus(MINUTE.multipliedBy(3)),
                        NOW.plus(MINUTE.multipliedBy(2)));
        assertThat(schedules.runs(schedule.id(), 1)).hasSize(1);
    }
}
