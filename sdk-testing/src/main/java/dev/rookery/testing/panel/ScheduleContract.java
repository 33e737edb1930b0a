package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleRun.Trigger;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.schedule.TaskRun;
import dev.rookery.panel.schedule.TaskRun.State;
import dev.rookery.panel.spi.ClaimedSchedule;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A store with one server, and schedules and runs for it. */
@SuppressWarnings("NullAway.Init") // JUnit sets the store before each test
abstract class ScheduleContract {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final int MANY = 50;

    PanelStore store;
    ScheduleStore schedules;
    StoredServer server;

    /** Returns a store that holds nothing. */
    protected abstract PanelStore emptyStore();

    @BeforeEach
    void openStore() {
        store = emptyStore();
        schedules = store.schedules();
        server = StoredServer.add(store, "lobby", NOW);
    }

    Schedule add(String name) {
        var schedule = schedule(name);
        schedules.add(schedule, MANY);
        return schedule;
    }

    Schedule addDue(String name, Instant due) {
        var schedule = Schedule.builder().from(schedule(name)).nextRunAt(due).build();
        schedules.add(schedule, MANY);
        return schedule;
    }

    Schedule schedule(String name) {
        return Schedule.builder()
                .id(UUID.randomUUID())
                .server(server.id())
                .spec(spec(name))
                .author(UUID.randomUUID())
                .version(1)
                .createdAt(NOW)
                .updatedAt(NOW)
                .nextRunAt(NOW.plus(Duration.ofDays(100)))
                .build();
    }

    static ScheduleSpec spec(String name) {
        return ScheduleSpec.builder()
                .name(name)
                .cron(CronExpression.parse("*/10 4 * * MON-fri"))
                .zone(ZoneId.of("Europe/Berlin"))
                .tasks(List.of(
                        ScheduleTask.of(TaskAction.of("command", "say \"ä\"")),
                        new ScheduleTask(TaskAction.of("power", "kill"), Duration.ofSeconds(30), true),
                        ScheduleTask.of(TaskAction.of("backup", "*.log\ncache")),
                        ScheduleTask.of(TaskAction.of("delete_files", "old.zip"))))
                .build();
    }

    static ScheduleRun run(Schedule schedule) {
        return ScheduleRun.builder()
                .id(UUID.randomUUID())
                .schedule(schedule.id())
                .server(schedule.server())
                .trigger(Trigger.TIME)
                .authority(schedule.author())
                .dueAt(NOW)
                .startedAt(NOW)
                .outcome(Outcome.RUNNING)
                .reason("for all times since yesterday")
                .tasks(schedule.spec().tasks().stream().map(TaskRun::pending).toList())
                .build();
    }

    static ScheduleRun progress(ScheduleRun run, State state) {
        var tasks = new ArrayList<>(run.tasks());
        tasks.set(
                0,
                new TaskRun(
                        run.tasks().get(0).task(),
                        state,
                        Optional.of(NOW),
                        Optional.of(NOW.plusMillis(7)),
                        Optional.of("x")));
        return ScheduleRun.builder().from(run).tasks(tasks).build();
    }

    static ScheduleRun ended(ScheduleRun run, Outcome outcome) {
        return ScheduleRun.builder()
                .from(run)
                .outcome(outcome)
                .endedAt(run.startedAt().plusSeconds(1))
                .build();
    }

    Optional<ClaimedSchedule> claim(String lease, Instant now) {
        return schedules.claim(lease, now, now.plus(LEASE), Set.of());
    }

    static void assertProblem(Problem problem, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
