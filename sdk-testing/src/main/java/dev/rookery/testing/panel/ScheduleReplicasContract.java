package dev.rookery.testing.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.api.Caller;
import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.schedule.CatchUp;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleOptions;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.schedule.TaskRun;
import dev.rookery.panel.spi.PanelStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Two or more panels over one store, one of which is killed again and again, at any of its steps: no time of a schedule is run twice or lost,
 * and no command is given twice. Extend it and hand in an empty store; it is called once for each seed.
 */
public abstract class ScheduleReplicasContract {

    private static final Instant START = Instant.parse("2026-03-28T23:00:30Z");
    private static final Duration TICK = Duration.ofSeconds(15);
    private static final int MOST_STEPS = 40;
    private static final int MANY = 1_000;
    private static final ScheduleOptions OPTIONS =
            ScheduleOptions.builder().keptRuns(MANY).build();
    private static final List<String> CRONS = List.of("*/5 * * * *", "2-59/7 * * * *", "30 0-4 * * *", "*/10 * * * *");

    /** For the classes that extend this one. */
    protected ScheduleReplicasContract() {}

    /** Returns a store that holds nothing. */
    protected abstract PanelStore emptyStore();

    /** Returns the same store as another process opens it; the same object by default. */
    protected PanelStore again(PanelStore store) {
        return store;
    }

    /** Returns the seeds; 1 to 3 by default. */
    protected IntStream seeds() {
        return IntStream.rangeClosed(1, 3);
    }

    /** Returns how long each test goes on, in the time of its clock; 4 h by default, in one of which clocks are put forward. */
    protected Duration duration() {
        return Duration.ofHours(4);
    }

    /** Returns how many panels share the store; 2 by default. */
    protected int replicas() {
        return 2;
    }

    /**
     * Called when one seed has passed.
     *
     * @param kills how often a panel was killed
     * @param runs how many times of schedules were due, and ran once
     */
    protected void passed(int kills, int runs) {}

    @TestFactory
    Stream<DynamicTest> noTimeIsRunTwiceOrLostWhileReplicasDie() {
        return seeds().mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> new Trial(seed).run()));
    }

    /** One seed. */
    private final class Trial {

        private final Random random;
        private final MovedClock clock = new MovedClock(START);
        private final PanelStore store = emptyStore();
        private final Replica.Effects effects = new Replica.Effects();
        private final int count = replicas();
        private final List<PanelStore> stores = Stream.concat(
                        Stream.of(store), IntStream.range(1, count).mapToObj(i -> again(store)))
                .toList();
        private final Replica[] replicas = new Replica[count];
        private final int[] asleep = new int[count];
        private int kills;

        Trial(int seed) {
            random = new Random(seed);
        }

        void run() {
            var server = StoredServer.add(store, "lobby", START);
            var added = schedules(server);
            for (int i = 0; i < count; i++) {
                replicas[i] = replica(i);
            }
            var end = START.plus(duration());
            while (clock.instant().isBefore(end)) {
                tick(true);
            }
            for (int i = 0; i < 40; i++) {
                tick(false);
            }
            assertThat(kills).as("kills").isPositive();
            passed(
                    kills,
                    added.stream().mapToInt(schedule -> check(schedule, end)).sum());
        }

        private void tick(boolean killing) {
            clock.advance(TICK);
            int awake = (int) IntStream.of(asleep).filter(ticks -> ticks == 0).count();
            if (killing && awake == count && random.nextInt(8) == 0) {
                replicas[random.nextInt(count)].killAt(1 + random.nextInt(MOST_STEPS));
            }
            var alive = Race.of(count, i -> asleep[i] > 0 || replicas[i].runDue());
            for (int i = 0; i < count; i++) {
                if (!alive.get(i)) {
                    kills++;
                    asleep[i] = 1 + random.nextInt(8);
                    replicas[i] = replica(i);
                } else if (asleep[i] > 0) {
                    asleep[i]--;
                }
            }
        }

        private Replica replica(int number) {
            return new Replica(stores.get(number), effects, clock, OPTIONS);
        }

        private List<Schedule> schedules(StoredServer server) {
            var added = new ArrayList<Schedule>();
            try (var schedules = outside()) {
                for (var cron : CRONS) {
                    var spec = ScheduleSpec.builder()
                            .name(cron)
                            .cron(CronExpression.parse(cron))
                            .zone(ZoneId.of("Europe/Berlin"))
                            .catchUp(CatchUp.once())
                            .tasks(List.of(
                                    goingOn("command", "say soon", Duration.ZERO),
                                    goingOn("command", "save", Duration.ofSeconds(20)),
                                    goingOn("power", "start", Duration.ZERO),
                                    goingOn("command", "say done", Duration.ofSeconds(10))))
                            .build();
                    added.add(schedules.create(server.id(), spec, Caller.panel()));
                }
            }
            return added;
        }

        /** Returns schedules that run nothing. */
        private Schedules outside() {
            var nodes = PanelService.builder(
                            store,
                            node -> {
                                throw new IllegalStateException("nobody is asked");
                            },
                            new ReadEggInterpreter())
                    .build();
            return Schedules.builder(nodes, (user, id) -> Permissions.none())
                    .clock(clock)
                    .options(OPTIONS)
                    .build();
        }

        private int check(Schedule schedule, Instant end) {
            var cron = schedule.spec().cron();
            var expected = cron.upcoming(START, schedule.spec().zone(), MANY).stream()
                    .filter(time -> !time.isAfter(end))
                    .toList();
            var runs = store.schedules().runs(schedule.id(), MANY).stream()
                    .filter(run -> !run.dueAt().isAfter(end))
                    .toList();

            assertThat(runs.stream().map(ScheduleRun::dueAt).sorted())
                    .as("times of %s", cron)
                    .isEqualTo(expected);
            for (var run : runs) {
                assertThat(run.endedAt()).as("%s", run).isPresent();
                run.tasks().forEach(task -> check(run, task));
            }
            return runs.size();
        }

        private void check(ScheduleRun run, TaskRun task) {
            var action = task.task().action();
            int count = effects.count(run.id(), action.payload());
            int most = action.repeatable() ? MANY : 1;
            switch (task.state()) {
                case DONE -> assertThat(count).as("%s", run).isBetween(1, most);
                case INTERRUPTED -> assertThat(count).as("%s", run).isBetween(0, most);
                default -> throw new AssertionError(task + " of " + run);
            }
        }
    }

    private static ScheduleTask goingOn(String action, String payload, Duration offset) {
        return new ScheduleTask(TaskAction.of(action, payload), offset, true);
    }
}
