package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.ServerId;
import dev.rookery.panel.schedule.CatchUp;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.ScheduleStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ScheduleStore} has to do with schedules. Extend it and hand in an empty store; it is called once for each test. */
public abstract class ScheduleStoreContract extends ScheduleContract {

    /** For the classes that extend this one. */
    protected ScheduleStoreContract() {}

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

    @Test
    void aScheduleOnANodeThatHasNoTimeIsPassedOver() {
        var due = addDue("one", NOW);
        var elsewhere = StoredServer.add(store, "other", NOW);
        var until = NOW.plus(LEASE);

        assertThat(schedules.claim("a", NOW, until, Set.of(server.node()))).isEmpty();
        assertThat(schedules.claim("b", NOW, until, Set.of(elsewhere.node()))).isPresent();
        assertThat(schedules.find(due.id())).isPresent();
    }
}
