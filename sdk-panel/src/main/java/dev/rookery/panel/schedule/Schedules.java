package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Caller;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.internal.LeasedWork;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleRun.Trigger;
import dev.rookery.panel.spi.ClaimedSchedule;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.ScheduleStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/**
 * The schedules of all servers: what users do with them, and, once {@linkplain #start() started}, their runs.
 *
 * <p>Several panels over one store share the work: each time of a schedule has one run, whichever of them dies. A task is given to its node
 * once; where the panel died in the middle of that, what can be repeated is repeated, and the rest is {@link TaskRun.State#INTERRUPTED}.
 *
 * <p>Who sets a schedule up, changes, enables or runs it needs the permission of <em>each</em> of its actions beside that for schedules, and it
 * runs on the authority of whoever did so last, asked for again before each task. Thread-safe.
 */
public final class Schedules implements AutoCloseable {

    private final PanelService panel;
    private final ScheduleStore store;
    private final ScheduleOptions options;
    private final Clock clock;
    private final boolean makesBackups;
    private final LeasedWork<ClaimedSchedule> work;
    private final Optional<ExecutorService> ownExecutor;

    Schedules(SchedulesBuilder builder) {
        panel = builder.panel;
        store = panel.store().schedules();
        options = builder.options;
        clock = builder.clock;
        makesBackups = builder.backups.isPresent();
        ownExecutor =
                builder.executor.isPresent() ? Optional.empty() : Optional.of(NamedThreads.perTask("rookery-schedule"));
        var pace = new LeasedWork.Pace(
                options.poll(),
                options.lease(),
                LeasedWork.Pace.longest(options.callDeadline()),
                options.parallelRuns(),
                options.runsPerNode());
        work = new LeasedWork<>(
                "schedules",
                new RunSteps(builder),
                pace,
                clock,
                builder.executor.or(() -> ownExecutor).orElseThrow());
    }

    /**
     * Returns a builder.
     *
     * @param panel what reaches the servers
     * @param authority what users may do
     */
    public static SchedulesBuilder builder(PanelService panel, ScheduleAuthority authority) {
        return new SchedulesBuilder(panel, authority);
    }

    /** Begins to carry out what is due. Repeating has no effect. */
    public void start() {
        work.start();
    }

    /** Stops; calls that are under way get 10 s, and what is left of their runs goes on elsewhere or later. Repeating has no effect. */
    @Override
    public void close() {
        work.close();
        ownExecutor.ifPresent(ExecutorService::shutdownNow);
    }

    /** Carries out on this thread what is due, for programs that do not {@link #start()} this; returns how many claims that were. */
    public int runDue() {
        return work.runDue();
    }

    /**
     * Returns a server's schedules in the order in which they were added.
     *
     * @throws dev.rookery.api.DeniedException without {@code schedule.read}
     */
    public List<Schedule> list(ServerId server, Caller caller) {
        caller.require(Permission.SCHEDULE_READ, clock.instant());
        return store.list(server);
    }

    /**
     * Returns one schedule of a server.
     *
     * @throws dev.rookery.api.DeniedException without {@code schedule.read}
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}
     */
    public Schedule get(ServerId server, UUID id, Caller caller) {
        caller.require(Permission.SCHEDULE_READ, clock.instant());
        return require(server, id);
    }

    /**
     * Returns the last runs of a schedule, the newest first.
     *
     * @param limit how many at most
     * @throws dev.rookery.api.DeniedException without {@code schedule.read}
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}
     */
    public List<ScheduleRun> runs(ServerId server, UUID id, int limit, Caller caller) {
        return store.runs(get(server, id, caller).id(), limit);
    }

    /**
     * Sets a schedule up.
     *
     * @throws dev.rookery.api.DeniedException without {@code schedule.create} or the permission of one of the actions
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code TOO_MANY_SCHEDULES}
     * @throws InvalidInputException if it would never be due, or makes backups and the panel does not
     */
    public Schedule create(ServerId server, ScheduleSpec spec, Caller caller) {
        caller.require(Permission.SCHEDULE_CREATE, clock.instant());
        requireActions(spec, caller);
        requireUsable(spec);
        var now = now();
        var schedule = Schedule.builder()
                .id(UUID.randomUUID())
                .server(server)
                .spec(spec)
                .author(user(caller))
                .version(1)
                .createdAt(now)
                .updatedAt(now)
                .nextRunAt(nextRunAt(spec, now))
                .build();
        store.add(schedule, options.schedulesPerServer());
        return schedule;
    }

    /**
     * Changes a schedule. A run that is under way keeps the tasks it began with.
     *
     * @param version the version that the change was made from
     * @throws dev.rookery.api.DeniedException without {@code schedule.update} or the permission of one of the actions
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}, {@code SCHEDULE_CHANGED}
     * @throws InvalidInputException as for {@link #create}
     */
    public Schedule update(ServerId server, UUID id, long version, ScheduleSpec spec, Caller caller) {
        caller.require(Permission.SCHEDULE_UPDATE, clock.instant());
        requireActions(spec, caller);
        requireUsable(spec);
        var present =
                Schedule.builder().from(require(server, id)).version(version).build();
        return change(present, spec, user(caller));
    }

    /**
     * Enables or disables a schedule. Disabling ends a run that its time began, before the next task.
     *
     * @throws dev.rookery.api.DeniedException without {@code schedule.update}; for enabling also without the permission of one of the actions
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}, {@code SCHEDULE_CHANGED} if somebody else changes it at this moment
     */
    public Schedule enable(ServerId server, UUID id, boolean enabled, Caller caller) {
        caller.require(Permission.SCHEDULE_UPDATE, clock.instant());
        var present = require(server, id);
        if (enabled) {
            requireActions(present.spec(), caller);
        }
        var spec = ScheduleSpec.builder().from(present.spec()).enabled(enabled).build();
        return change(present, spec, enabled ? user(caller) : present.author());
    }

    /**
     * Removes a schedule with its history. A run that is under way ends before its next task.
     *
     * @throws dev.rookery.api.DeniedException without {@code schedule.delete}
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}
     */
    public void delete(ServerId server, UUID id, Caller caller) {
        caller.require(Permission.SCHEDULE_DELETE, clock.instant());
        store.delete(require(server, id).id());
    }

    /**
     * Runs a schedule now, on the caller's authority; without the wait before its first task, and also while it is disabled.
     *
     * @return the run as it begins
     * @throws dev.rookery.api.DeniedException without {@code schedule.update} or the permission of one of the actions
     * @throws PanelException {@code SCHEDULE_NOT_FOUND}, {@code SCHEDULE_BUSY} if a run is under way
     * @throws InvalidInputException if it has no tasks
     */
    public ScheduleRun runNow(ServerId server, UUID id, Caller caller) {
        caller.require(Permission.SCHEDULE_UPDATE, clock.instant());
        var schedule = require(server, id);
        requireActions(schedule.spec(), caller);
        if (schedule.spec().tasks().isEmpty()) {
            throw new InvalidInputException("tasks: none (expected: at least one)");
        }
        var now = now();
        var run = ScheduleRun.builder()
                .id(UUID.randomUUID())
                .schedule(id)
                .server(server)
                .trigger(Trigger.MANUAL)
                .authority(user(caller))
                .dueAt(now)
                .startedAt(now)
                .outcome(Outcome.RUNNING)
                .tasks(schedule.spec().tasks().stream().map(TaskRun::pending).toList())
                .build();
        store.request(run);
        work.wake();
        return run;
    }

    private Schedule change(Schedule present, ScheduleSpec spec, Optional<UUID> author) {
        var now = now();
        // A time that has come and is about to be claimed must not be moved on by a change of something else.
        var next = spec.sameTimes(present.spec()) ? present.nextRunAt() : nextRunAt(spec, now);
        return store.change(Schedule.builder()
                .from(present)
                .spec(spec)
                .author(author)
                .updatedAt(now)
                .nextRunAt(next)
                .build());
    }

    private Schedule require(ServerId server, UUID id) {
        return store.find(requireNonNull(id, "id"))
                .filter(schedule -> schedule.server().equals(server))
                .orElseThrow(() -> new PanelException(
                        Problem.SCHEDULE_NOT_FOUND,
                        "server " + server + " has no schedule " + id,
                        Map.of("schedule", id.toString())));
    }

    /** CVE-2026-86177: who may edit schedules could have any action carried out. */
    private void requireActions(ScheduleSpec spec, Caller caller) {
        var now = clock.instant();
        spec.tasks().forEach(task -> caller.require(task.action().permission(), now));
    }

    private void requireUsable(ScheduleSpec spec) {
        if (spec.cron().next(clock.instant(), spec.zone()).isEmpty()) {
            throw new InvalidInputException("cron: '" + spec.cron() + "' (expected: a time that comes)");
        }
        if (!makesBackups && spec.tasks().stream().anyMatch(task -> task.action() instanceof TaskAction.Backup)) {
            throw new InvalidInputException("action: 'backup' (expected: another one; this panel makes no backups)");
        }
    }

    private static Optional<Instant> nextRunAt(ScheduleSpec spec, Instant now) {
        return spec.enabled() ? spec.cron().next(now, spec.zone()) : Optional.empty();
    }

    private static Optional<UUID> user(Caller caller) {
        return caller instanceof Caller.User user ? Optional.of(user.user()) : Optional.empty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
