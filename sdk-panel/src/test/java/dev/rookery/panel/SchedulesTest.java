package dev.rookery.panel;

import static dev.rookery.panel.ScheduleFixture.after;
import static dev.rookery.panel.ScheduleFixture.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permission;
import dev.rookery.panel.schedule.CatchUp;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.ScheduleAuthority;
import dev.rookery.panel.schedule.ScheduleOptions;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleRun.Trigger;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people do with schedules. */
class SchedulesTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final ScheduleFixture fixture = new ScheduleFixture();

    @Test
    void runsByHandWithoutTheFirstWaitAlsoWhileDisabled() {
        var schedule = fixture.add(after(Duration.ofMinutes(5), say("one")), after(Duration.ofMinutes(5), say("two")));
        fixture.schedules.enable(fixture.server, schedule.id(), false, Caller.panel());
        assertThat(fixture.get(schedule).nextRunAt()).isEmpty();

        var run = fixture.schedules.runNow(fixture.server, schedule.id(), Caller.panel());
        assertProblem(
                Problem.SCHEDULE_BUSY, () -> fixture.schedules.runNow(fixture.server, schedule.id(), Caller.panel()));
        fixture.schedules.runDue();
        assertThat(fixture.calls()).containsExactly("command [say one]");
        fixture.advance(Duration.ofMinutes(5));
        assertThat(fixture.calls()).hasSize(2);
        assertThat(fixture.lastRun(schedule).id()).isEqualTo(run.id());
        assertThat(fixture.lastRun(schedule).trigger()).isEqualTo(Trigger.MANUAL);
        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.runs(schedule)).hasSize(1);
    }

    @Test
    void disablingEndsARunThatIsUnderWay() {
        var schedule = fixture.add(say("one"), after(Duration.ofMinutes(1), say("two")));
        fixture.advance(TEN_MINUTES);
        fixture.schedules.enable(fixture.server, schedule.id(), false, Caller.panel());
        fixture.advance(Duration.ofMinutes(1));

        assertThat(fixture.calls()).hasSize(1);
        assertThat(fixture.lastRun(schedule).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void deletingEndsARunThatIsUnderWay() {
        var schedule = fixture.add(say("one"), after(Duration.ofMinutes(1), say("two")));
        fixture.advance(TEN_MINUTES);
        fixture.schedules.delete(fixture.server, schedule.id(), Caller.panel());
        fixture.advance(Duration.ofMinutes(1));

        assertThat(fixture.calls()).hasSize(1);
        assertThat(fixture.schedules.list(fixture.server, Caller.panel())).isEmpty();
    }

    @Test
    void aChangeOfTheNameKeepsATimeThatHasCome() {
        var schedule = fixture.add(say("one"));
        fixture.panel.clock.advance(TEN_MINUTES);
        var renamed = ScheduleSpec.builder().from(schedule.spec()).name("other").build();
        var changed = fixture.schedules.update(fixture.server, schedule.id(), 1, renamed, Caller.panel());
        assertThat(changed.version()).isEqualTo(2);
        fixture.schedules.runDue();
        assertThat(fixture.calls()).hasSize(1);

        assertProblem(
                Problem.SCHEDULE_CHANGED,
                () -> fixture.schedules.update(fixture.server, schedule.id(), 1, renamed, Caller.panel()));
        var berlin = ScheduleSpec.builder()
                .from(renamed)
                .cron(CronExpression.parse("0 4 * * *"))
                .zone(ZoneId.of("Europe/Berlin"))
                .build();
        assertThat(fixture.schedules
                        .update(fixture.server, schedule.id(), 2, berlin, Caller.panel())
                        .nextRunAt())
                .contains(Instant.parse("2026-03-02T03:00:00Z"));
    }

    @Test
    void keepsSoManyRunsAndSoManySchedules() {
        var options =
                ScheduleOptions.builder().keptRuns(3).schedulesPerServer(1).build();
        var schedules = fixture.schedules(fixture.panel.store, options);
        var schedule = schedules.create(fixture.server, fixture.spec(say("x")), Caller.panel());
        assertProblem(
                Problem.TOO_MANY_SCHEDULES,
                () -> schedules.create(fixture.server, fixture.spec(say("y")), Caller.panel()));
        for (int i = 0; i < 6; i++) {
            fixture.panel.clock.advance(TEN_MINUTES);
            schedules.runDue();
        }
        assertThat(fixture.runs(schedule)).hasSize(3);
        assertThat(fixture.lastRun(schedule).dueAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void refusesWhatCannotBe() {
        var never = ScheduleSpec.builder()
                .from(fixture.spec(say("x")))
                .cron(CronExpression.parse("0 0 31 2 *"))
                .build();
        assertThatThrownBy(() -> fixture.schedules.create(fixture.server, never, Caller.panel()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("cron: '0 0 31 2 *' (expected: a time that comes)");
        assertThatThrownBy(() -> after(Duration.ofSeconds(901), say("x"))).hasMessageContaining("PT15M");
        assertThatThrownBy(() -> TaskAction.of("command", "a\nb")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> TaskAction.of("power", "explode")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> fixture.spec(Collections.nCopies(11, say("x")).toArray(ScheduleTask[]::new)))
                .hasMessage("tasks: 11 (expected: at most 10)");
        var empty = fixture.add();
        assertThatThrownBy(() -> fixture.schedules.runNow(fixture.server, empty.id(), Caller.panel()))
                .hasMessageContaining("at least one");
    }

    @Test
    void asTheGuideShowsIt() {
        var panel = fixture.panel.service;
        var server = fixture.server;
        var caller = fixture.user(
                Permission.SCHEDULE_CREATE, Permission.SCHEDULE_UPDATE, Permission.CONSOLE, Permission.RESTART);
        var clock = fixture.panel.clock;
        ScheduleAuthority accounts = (user, id) -> fixture.users.get(user);
        // tag::schedule[]
        var schedules = Schedules.builder(panel, accounts).clock(clock).build(); // accounts: what your users may do
        schedules.start();
        var nightly = ScheduleSpec.builder()
                .name("restart at night")
                .cron(CronExpression.parse("30 4 * * mon-fri"))
                .zone(ZoneId.of("Europe/Berlin"))
                .onlyWhenOnline(true)
                .catchUp(CatchUp.within(Duration.ofMinutes(30)))
                .tasks(List.of(
                        ScheduleTask.of(new TaskAction.Command("say restart in a minute")),
                        new ScheduleTask(new TaskAction.Power(PowerAction.RESTART), Duration.ofMinutes(1), false)))
                .build();
        var schedule = schedules.create(server, nightly, caller);
        schedules.runNow(server, schedule.id(), caller);
        // end::schedule[]
        await().until(() -> fixture.calls().contains("command [say restart in a minute]"));
        schedules.close();
        assertThat(schedule.nextRunAt()).contains(Instant.parse("2026-03-02T03:30:00Z"));
    }

    private static void assertProblem(Problem problem, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        PanelException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
