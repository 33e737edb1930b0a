package dev.rookery.panel;

import static dev.rookery.api.permission.Permission.CONSOLE;
import static dev.rookery.api.permission.Permission.SCHEDULE_CREATE;
import static dev.rookery.api.permission.Permission.SCHEDULE_DELETE;
import static dev.rookery.api.permission.Permission.SCHEDULE_READ;
import static dev.rookery.api.permission.Permission.SCHEDULE_UPDATE;
import static dev.rookery.api.permission.Permission.STOP;
import static dev.rookery.panel.ScheduleFixture.orGoOn;
import static dev.rookery.panel.ScheduleFixture.power;
import static dev.rookery.panel.ScheduleFixture.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.TaskRun;
import dev.rookery.panel.schedule.TaskRun.State;
import dev.rookery.panel.spi.PanelException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** CVE-2026-86177: who might edit schedules could have any action carried out. Here each action needs its own permission. */
class ScheduleAuthorityTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final ScheduleFixture fixture = new ScheduleFixture();
    private final Caller.User editor =
            fixture.user(SCHEDULE_READ, SCHEDULE_CREATE, SCHEDULE_UPDATE, SCHEDULE_DELETE, CONSOLE);
    private final Caller.User operator = fixture.user(SCHEDULE_READ, SCHEDULE_CREATE, SCHEDULE_UPDATE, CONSOLE, STOP);

    @Test
    void anEditorWithoutPowerCannotScheduleAKill() {
        var kill = fixture.spec(say("bye"), power(PowerAction.KILL));
        assertDenied(() -> fixture.schedules.create(fixture.server, kill, editor), "control.stop");

        var harmless = fixture.schedules.create(fixture.server, fixture.spec(say("hi")), editor);
        assertDenied(() -> fixture.schedules.update(fixture.server, harmless.id(), 1, kill, editor), "control.stop");
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).containsExactly("command [say hi]");
    }

    @Test
    void anEditorWithoutPowerCannotHaveSomebodyElsesKillDone() {
        var kill = fixture.schedules.create(fixture.server, fixture.spec(power(PowerAction.KILL)), operator);
        var id = kill.id();
        assertDenied(() -> fixture.schedules.runNow(fixture.server, id, editor), "control.stop");
        var sooner = ScheduleSpec.builder().from(kill.spec()).name("sooner").build();
        assertDenied(() -> fixture.schedules.update(fixture.server, id, 1, sooner, editor), "control.stop");

        fixture.schedules.enable(fixture.server, id, false, editor);
        assertThat(fixture.get(kill).author())
                .as("who ended it did not set it up")
                .contains(operator.user());
        assertDenied(() -> fixture.schedules.enable(fixture.server, id, true, editor), "control.stop");
        fixture.schedules.delete(fixture.server, id, editor);
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).isEmpty();
    }

    @Test
    void whatWasTakenFromTheAuthorCountsAtTheNextTask() {
        var schedule = fixture.schedules.create(
                fixture.server, fixture.spec(say("one"), orGoOn(power(PowerAction.KILL)), say("two")), operator);
        fixture.users.put(operator.user(), Permissions.of(CONSOLE));
        fixture.advance(TEN_MINUTES);

        assertThat(fixture.calls()).containsExactly("command [say one]", "command [say two]");
        assertThat(fixture.lastRun(schedule).tasks())
                .extracting(TaskRun::state)
                .containsExactly(State.DONE, State.DENIED, State.DONE);
        assertThat(fixture.lastRun(schedule).tasks().get(1).error().orElseThrow())
                .contains("control.stop");

        fixture.users.remove(operator.user());
        fixture.advance(TEN_MINUTES);
        assertThat(fixture.calls()).hasSize(2);
    }

    @Test
    void aRunByHandIsOnTheAuthorityOfWhoAskedForIt() {
        var schedule = fixture.schedules.create(fixture.server, fixture.spec(say("hi")), operator);
        fixture.schedules.runNow(fixture.server, schedule.id(), editor);
        fixture.users.put(editor.user(), Permissions.none());
        fixture.schedules.runDue();

        assertThat(fixture.lastRun(schedule).authority()).contains(editor.user());
        assertThat(fixture.lastRun(schedule).tasks()).extracting(TaskRun::state).containsExactly(State.DENIED);
        assertThat(fixture.calls()).isEmpty();
    }

    @Test
    void eachCallNeedsItsPermissionForSchedules() {
        var nobody = fixture.user(CONSOLE, STOP);
        var schedule = fixture.add(say("hi"));
        var id = schedule.id();
        assertDenied(() -> fixture.schedules.list(fixture.server, nobody), "schedule.read");
        assertDenied(() -> fixture.schedules.get(fixture.server, id, nobody), "schedule.read");
        assertDenied(() -> fixture.schedules.runs(fixture.server, id, 1, nobody), "schedule.read");
        assertDenied(() -> fixture.schedules.create(fixture.server, schedule.spec(), nobody), "schedule.create");
        assertDenied(() -> fixture.schedules.update(fixture.server, id, 1, schedule.spec(), nobody), "schedule.update");
        assertDenied(() -> fixture.schedules.enable(fixture.server, id, false, nobody), "schedule.update");
        assertDenied(() -> fixture.schedules.runNow(fixture.server, id, nobody), "schedule.update");
        assertDenied(() -> fixture.schedules.delete(fixture.server, id, nobody), "schedule.delete");
    }

    @Test
    void aScheduleIsReachedThroughItsOwnServerOnly() {
        var id = fixture.add(say("hi")).id();
        var other = ServerId.random();

        assertThatThrownBy(() -> fixture.schedules.get(other, id, editor)).isInstanceOf(PanelException.class);
        assertThatThrownBy(() -> fixture.schedules.runNow(other, id, editor)).isInstanceOf(PanelException.class);
        assertThatThrownBy(() -> fixture.schedules.delete(other, id, editor)).isInstanceOf(PanelException.class);
    }

    private static void assertDenied(ThrowingCallable call, String permission) {
        assertThatThrownBy(call).isInstanceOf(DeniedException.class).hasMessageContaining(permission);
    }
}
