package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleOptions;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.schedule.TaskRun;
import dev.rookery.panel.schedule.TaskRun.State;
import dev.rookery.panel.spi.PanelStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A panel ends at each of the steps of a run; another one goes on with it. */
class ScheduleCrashTest {

    private static final Instant DUE = Instant.parse("2026-03-01T12:10:00Z");
    private static final int MOST_STEPS = 200;

    @Test
    void whereverThePanelEndsTheRunGoesOnAndNoCommandIsGivenTwice() {
        int interrupted = 0;
        int at = 1;
        while (true) {
            assertThat(at).as("the run has an end").isLessThan(MOST_STEPS);
            var store = new InMemoryPanelStore();
            var schedule = schedule(store);
            var effects = new Replica.Effects();
            boolean lived = runUntil(at, store, effects);
            replica(store, effects, DUE.plus(Duration.ofMinutes(1))).runDue();

            var runs = store.schedules().runs(schedule.id(), MOST_STEPS);
            assertThat(runs).as("killed at %d", at).hasSize(1);
            interrupted += interrupted(runs.get(0), effects, at);
            if (lived) {
                break;
            }
            at++;
        }
        assertThat(at).as("steps").isGreaterThan(20);
        assertThat(interrupted).as("ends in the middle of a command").isPositive();
    }

    private static boolean runUntil(int step, PanelStore store, Replica.Effects effects) {
        var doomed = replica(store, effects, DUE);
        doomed.killAt(step);
        return doomed.runDue();
    }

    private static Replica replica(PanelStore store, Replica.Effects effects, Instant now) {
        return new Replica(store, effects, Clock.fixed(now, ZoneOffset.UTC), ScheduleOptions.defaults());
    }

    /** Checks a run and returns how many of its commands were interrupted. */
    private static int interrupted(ScheduleRun run, Replica.Effects effects, int at) {
        assertThat(run.endedAt()).as("killed at %d", at).isPresent();
        assertThat(run.tasks()).as("killed at %d", at).allMatch(TaskRun::over);
        assertThat(run.tasks().get(1).state()).as("killed at %d", at).isEqualTo(State.DONE);
        int interrupted = 0;
        for (var task : List.of(run.tasks().get(0), run.tasks().get(2))) {
            int given = effects.count(run.id(), task.task().action().payload());
            if (task.state() == State.DONE) {
                assertThat(given).as("killed at %d", at).isEqualTo(1);
            } else {
                assertThat(task.state()).as("killed at %d", at).isEqualTo(State.INTERRUPTED);
                assertThat(given).as("killed at %d", at).isLessThanOrEqualTo(1);
                interrupted++;
            }
        }
        return interrupted;
    }

    private static Schedule schedule(PanelStore store) {
        var now = DUE.minus(Duration.ofMinutes(5));
        var spec = ScheduleSpec.builder()
                .name("nightly")
                .cron(CronExpression.parse("*/10 * * * *"))
                .zone(ZoneOffset.UTC)
                .tasks(List.of(
                        new ScheduleTask(new TaskAction.Command("one"), Duration.ZERO, true),
                        ScheduleTask.of(TaskAction.of("power", "start")),
                        new ScheduleTask(new TaskAction.Command("two"), Duration.ZERO, true)))
                .build();
        var schedule = Schedule.builder()
                .id(UUID.randomUUID())
                .server(StoredServer.add(store, "lobby", now).id())
                .spec(spec)
                .version(1)
                .createdAt(now)
                .updatedAt(now)
                .nextRunAt(DUE)
                .build();
        store.schedules().add(schedule, 1);
        return schedule;
    }
}
