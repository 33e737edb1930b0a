package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.ServerId;
import dev.rookery.panel.schedule.CatchUp;
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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ScheduleStore} has to do. Extend it and hand in an empty store; it is called once for each test. */
@SuppressWarnings("NullAway.Init") // JUnit sets the store before each test
public abstract class ScheduleStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MANY = 50;

    private PanelStore store;
    private ScheduleStore schedules;
    private StoredServer server;

    /** For the classes that extend this one. */
    protected ScheduleStoreContract() {}

    /** Returns a store that holds nothing. */
    protected abstract PanelStore emptyStore();

    @BeforeEach
    void openStore() {
        store = emptyStore();
        schedules = store.schedules();
        server = StoredServer.add(store, "lobby", NOW);
    }

    @Test
    void schedulesComeBackAsTheyWent() {
        var first = add("one");
        var second = Schedule.builder()
                .from(schedule("two"))
                .author(Optional.empty())
                .nextRunAt(Optional.empty())
                .createdAt(NOW.plusSeconds(1))
                .spec(ScheduleSpec.builder()
                        .from(spec("two"))
                        .enabled(false)
                        .onlyWhenOnline(true)
                        .catchUp(CatchUp.within(Duration.ofMinutes(10)))
                        .tasks(List.of())
                        .build())
                .build();
        schedules.add(second, MANY);

        assertThat(schedules.find(first.id())).contains(first);
        assertThat(schedules.find(UUID.randomUUID())).isEmpty();
        assertThat(schedules.list(server.id())).containsExactly(first, second);
        assertThat(schedules.list(StoredServer.add(store, "other", NOW).id())).isEmpty();
    }

    @Test
    void aServerHasSoManySchedules() {
        add("one");
        assertProblem(Problem.TOO_MANY_SCHEDULES, () -> schedules.add(schedule("two"), 1));
        var nowhere = Schedule.builder()
                .from(schedule("two"))
                .server(ServerId.random())
                .build();
        assertProblem(Problem.SERVER_NOT_FOUND, () -> schedules.add(nowhere, MANY));
        assertThat(schedules.list(server.id())).hasSize(1);
    }

    @Test
    void aChangeNeedsTheVersionItWasMadeFrom() {
        var schedule = add("one");
        var changed = Schedule.builder()
                .from(schedule)
                .spec(spec("renamed"))
                .author(UUID.randomUUID())
                .updatedAt(NOW.plusSeconds(5))
                .nextRunAt(NOW.plusSeconds(90))
                .build();

        var stored = schedules.change(changed);
        assertThat(stored).isEqualTo(Schedule.builder().from(changed).version(2).build());
        assertThat(schedules.find(schedule.id())).contains(stored);
        assertProblem(Problem.SCHEDULE_CHANGED, () -> schedules.change(changed));
        schedules.delete(schedule.id());
        assertProblem(Problem.SCHEDULE_NOT_FOUND, () -> schedules.change(stored));
    }

    @Test
    void whatIsDueIsClaimedOnceTheOldestFirst() {
        var later = addDue("later", NOW.plus(MINUTE));
        var sooner = addDue("sooner", NOW);

        assertThat(claim("z", NOW.minusMillis(1))).isEmpty();
        assertThat(claim("a", NOW.plus(MINUTE)).orElseThrow().schedule()).isEqualTo(sooner);
        assertThat(claim("b", NOW.plus(MINUTE)).orElseThrow().schedule()).isEqualTo(later);
        assertThat(claim("c", NOW.plus(MINUTE))).isEmpty();
    }

    @Test
    void aDisabledScheduleIsNotDue() {
        var schedule = addDue("one", NOW);
        var disabled =
                ScheduleSpec.builder().from(schedule.spec()).enabled(false).build();
        schedules.change(Schedule.builder().from(schedule).spec(disabled).build());

        assertThat(claim("a", NOW)).isEmpty();
    }

    @Test
    void aClaimPassesOnWhenItsLeaseHasRunOut() {
        addDue("one", NOW);
        var first = claim("a", NOW).orElseThrow();
        assertThat(claim("b", NOW.plus(LEASE).minusMillis(1))).isEmpty();
        assertThat(schedules.renew(first, NOW.plus(LEASE).plus(LEASE))).isTrue();
        assertThat(claim("b", NOW.plus(LEASE))).as("prolonged").isEmpty();

        var second = claim("b", NOW.plus(LEASE).plus(LEASE)).orElseThrow();
        assertThat(second.lease()).isEqualTo("b");
        assertThat(schedules.renew(first, NOW.plus(Duration.ofHours(1)))).isFalse();
        assertThat(schedules.begin(first, run(first.schedule()), Optional.empty(), MANY))
                .isFalse();
        assertThat(schedules.begin(second, run(second.schedule()), Optional.empty(), MANY))
                .isTrue();
        assertThat(schedules.runs(second.schedule().id(), MANY)).hasSize(1);
    }

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
    void aScheduleThatWasChangedMeanwhileIsClaimedAnew() {
        var schedule = addDue("one", NOW);
        var claimed = claim("a", NOW).orElseThrow();
        var moved = NOW.plus(Duration.ofHours(1));
        schedules.change(Schedule.builder().from(schedule).nextRunAt(moved).build());

        assertThat(schedules.begin(claimed, run(schedule), Optional.of(NOW.plus(MINUTE)), MANY))
                .isFalse();
        assertThat(schedules.runs(schedule.id(), MANY)).isEmpty();
        assertThat(schedules.find(schedule.id()).orElseThrow().nextRunAt()).contains(moved);
        assertThat(claim("b", NOW.plus(MINUTE))).isEmpty();
        assertThat(claim("b", moved)).as("the claim was given back").isPresent();
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

    @Test
    void runsGoWithTheirScheduleAndSchedulesWithTheirServer() {
        var first = addDue("one", NOW);
        var second = add("two");
        var claimed = claim("a", NOW).orElseThrow();
        schedules.begin(claimed, run(first), Optional.empty(), MANY);

        assertThat(schedules.delete(first.id())).isTrue();
        assertThat(schedules.delete(first.id())).isFalse();
        assertThat(schedules.runs(first.id(), MANY)).isEmpty();
        assertThat(schedules.save(claimed, run(first))).isFalse();
        server.remove(store, NOW);
        assertThat(schedules.find(second.id())).isEmpty();
    }

    @Test
    void aScheduleThatManyWantGoesToOne() {
        addDue("one", NOW);

        var claims = Race.of(8, i -> claim("lease " + i, NOW));

        assertThat(claims).filteredOn(Optional::isPresent).hasSize(1);
    }

    private Schedule add(String name) {
        var schedule = schedule(name);
        schedules.add(schedule, MANY);
        return schedule;
    }

    private Schedule addDue(String name, Instant due) {
        var schedule = Schedule.builder().from(schedule(name)).nextRunAt(due).build();
        schedules.add(schedule, MANY);
        return schedule;
    }

    private Schedule schedule(String name) {
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

    private static ScheduleSpec spec(String name) {
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

    private static ScheduleRun run(Schedule schedule) {
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

    private static ScheduleRun progress(ScheduleRun run, State state) {
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

    private static ScheduleRun ended(ScheduleRun run, Outcome outcome) {
        return ScheduleRun.builder()
                .from(run)
                .outcome(outcome)
                .endedAt(run.startedAt().plusSeconds(1))
                .build();
    }

    private Optional<ClaimedSchedule> claim(String lease, Instant now) {
        return schedules.claim(lease, now, now.plus(LEASE));
    }

    private static void assertProblem(Problem problem, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
