package dev.rookery.panel;

import static dev.rookery.panel.ScheduleFixture.orGoOn;
import static dev.rookery.panel.ScheduleFixture.power;
import static dev.rookery.panel.ScheduleFixture.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.node.PowerAction;
import dev.rookery.panel.HaltingStore.Halt;
import dev.rookery.panel.HaltingStore.Halted;
import dev.rookery.panel.schedule.ScheduleOptions;
import dev.rookery.panel.schedule.TaskRun;
import dev.rookery.panel.schedule.TaskRun.State;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** The panel ends at each of the steps of a run; another one goes on with it. */
class ScheduleCrashFunctionalTest {

    private static final int MOST_STEPS = 200;

    @Test
    void whereverThePanelEndsTheRunGoesOnAndNoCommandIsGivenTwice() {
        int interrupted = 0;
        int at = 1;
        while (true) {
            assertThat(at).as("the run has an end").isLessThan(MOST_STEPS);
            var fixture = new ScheduleFixture();
            var schedule = fixture.add(orGoOn(say("one")), power(PowerAction.START), orGoOn(say("two")));
            var halt = haltAt(at, fixture);
            fixture.advance(Duration.ofMinutes(1));

            var runs = fixture.runs(schedule);
            assertThat(runs).as("halted at %d", at).hasSize(1);
            var tasks = runs.get(0).tasks();
            assertThat(runs.get(0).endedAt()).as("halted at %d", at).isPresent();
            assertThat(tasks).as("halted at %d", at).allMatch(TaskRun::over);
            assertThat(tasks.get(1).state()).isEqualTo(State.DONE);
            for (var line : new int[] {0, 2}) {
                int given = Collections.frequency(
                        fixture.calls(),
                        "command [" + tasks.get(line).task().action().payload() + "]");
                assertThat(given).as("halted at %d", at).isLessThanOrEqualTo(1);
                if (tasks.get(line).state() == State.DONE) {
                    assertThat(given).as("halted at %d", at).isEqualTo(1);
                } else {
                    assertThat(tasks.get(line).state()).isEqualTo(State.INTERRUPTED);
                    interrupted++;
                }
            }
            if (!halt.happened()) {
                break;
            }
            at++;
        }
        assertThat(at).as("steps").isGreaterThan(20);
        assertThat(interrupted).as("ends in the middle of a command").isPositive();
    }

    private static Halt haltAt(int step, ScheduleFixture fixture) {
        var halt = new Halt(step);
        fixture.node().beforeEffect = halt::step;
        fixture.node().afterEffect = halt::step;
        var doomed = fixture.schedules(new HaltingStore(fixture.panel.store, halt), ScheduleOptions.defaults());
        fixture.panel.clock.advance(Duration.ofMinutes(10));
        try {
            doomed.runDue();
        } catch (Halted expected) {
            assertThat(halt.happened()).isTrue();
        }
        fixture.node().beforeEffect = () -> {};
        fixture.node().afterEffect = () -> {};
        return halt;
    }
}
