package dev.rookery.panel.schedule;

import dev.rookery.api.Caller;
import dev.rookery.api.NodeId;
import dev.rookery.kit.Correlation;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.internal.LeasedWork;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleRun.Trigger;
import dev.rookery.panel.schedule.TaskRun.State;
import dev.rookery.panel.spi.ClaimedSchedule;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ScheduleStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins runs and leads them from task to task. That a task is begun is stored before its node is asked, and what came of it
 * after; a claim after a crash sees which of the two it was. No transaction is open while a node is asked.
 */
final class RunSteps implements LeasedWork.Source<ClaimedSchedule> {

    private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);
    private static final Duration AUTHORITY = Duration.ofMinutes(10);
    /** Nobody's address: the panel acts for the user. */
    private static final String ADDRESS = "127.0.0.1";

    private final PanelService panel;
    private final ScheduleStore store;
    private final ScheduleAuthority authority;
    private final ScheduleOptions options;
    private final Clock clock;
    private final TaskCalls calls;

    RunSteps(SchedulesBuilder builder) {
        panel = builder.panel;
        store = panel.store().schedules();
        authority = builder.authority;
        options = builder.options;
        clock = builder.clock;
        calls = new TaskCalls(panel, builder.backups, options);
    }

    @Override
    public Optional<ClaimedSchedule> claim(String lease, Instant now, Instant until, Set<NodeId> full) {
        return store.claim(lease, now, until, full);
    }

    @Override
    public Optional<NodeId> node(ClaimedSchedule claimed) {
        return panel.store().servers().find(claimed.schedule().server()).map(PanelServer::node);
    }

    @Override
    public boolean silent(NodeId node) {
        var health = panel.states().node(node);
        return !health.reachable() && !health.checkedAt().equals(Instant.EPOCH);
    }

    @Override
    public boolean renew(ClaimedSchedule claimed, Instant until) {
        return store.renew(claimed, until);
    }

    @Override
    public void carryOut(ClaimedSchedule claimed, Instant upToDate) {
        var run = claimed.run().or(() -> begin(claimed, upToDate));
        if (run.isPresent()) {
            var scope = Correlation.open(run.get().id().toString());
            try {
                proceed(claimed, run.get());
            } finally {
                scope.close();
            }
        }
    }

    /**
     * Begins the run of a time that has come; empty if there is nothing to carry out.
     *
     * @param upToDate what became due later is late only because it had to wait for a place here, which is forgiven up to a bound
     */
    private Optional<ScheduleRun> begin(ClaimedSchedule claimed, Instant upToDate) {
        var schedule = claimed.schedule();
        var spec = schedule.spec();
        var now = now();
        var first = schedule.nextRunAt().orElse(now);
        var run = Runs.due(schedule, first, now);
        var patient = now.minus(options.patience());
        var since = upToDate.isAfter(patient) ? upToDate : patient;
        var could = since.isBefore(now) ? since : now;
        if (Runs.missed(spec.catchUp(), options.punctuality(), Duration.between(run.dueAt(), could))) {
            run = run.ended(Outcome.MISSED, now, Optional.empty());
        } else {
            var obstacle = obstacle(run, schedule, true);
            if (obstacle.isPresent()) {
                run = run.ended(Outcome.SKIPPED, now, obstacle);
            }
        }
        boolean begun = store.begin(claimed, run, spec.cron().next(now, spec.zone()), options.keptRuns());
        if (begun) {
            LOG.info("server {}: schedule {}: {}", run.server(), run.schedule(), run.outcome());
        }
        return Optional.of(run).filter(r -> begun && r.endedAt().isEmpty());
    }

    private void proceed(ClaimedSchedule claimed, ScheduleRun begun) {
        var run = begun;
        for (int i = 0; i < run.tasks().size(); i++) {
            if (!run.tasks().get(i).over()) {
                var next = task(claimed, run, i);
                if (next.isEmpty()) {
                    return;
                }
                run = next.get();
            }
            if (Runs.stopsAt(run, i) || i == run.tasks().size() - 1) {
                finish(claimed, run.ended(Runs.outcome(run), now(), Optional.empty()));
                return;
            }
        }
        finish(claimed, run.ended(Outcome.SKIPPED, now(), Optional.of("there are no tasks")));
    }

    /** Brings one task to its end, which is not stored for the last one; empty if the run does not go on now. */
    private Optional<ScheduleRun> task(ClaimedSchedule claimed, ScheduleRun run, int index) {
        var task = run.tasks().get(index);
        if (task.state() == State.PENDING) {
            var earliest = Runs.earliest(run, index);
            if (now().isBefore(earliest)) {
                store.rest(claimed, run, earliest);
                return Optional.empty();
            }
            if (endedByOthers(claimed, run, index)) {
                return Optional.empty();
            }
        } else if (!task.task().action().repeatable()) {
            var unknown = "the panel ended while the node was being asked; nobody knows whether it was done";
            return saved(claimed, run.with(index, task.ended(State.INTERRUPTED, now(), Optional.of(unknown))));
        }
        var caller = caller(run);
        var permission = task.task().action().permission();
        if (!caller.may(permission, clock.instant())) {
            var denied = "the user on whose authority this runs lacks the permission " + permission;
            return saved(claimed, run.with(index, task.ended(State.DENIED, now(), Optional.of(denied))));
        }
        var started = run.with(index, task.started(now()));
        if (!store.save(claimed, started)) {
            return Optional.empty();
        }
        var error = calls.make(started, index, caller);
        var state = error.isPresent() ? State.FAILED : State.DONE;
        return saved(claimed, run.with(index, started.tasks().get(index).ended(state, now(), error)));
    }

    private Optional<ScheduleRun> saved(ClaimedSchedule claimed, ScheduleRun run) {
        return store.save(claimed, run) ? Optional.of(run) : Optional.empty();
    }

    /** Ends a run that must not go on, and says whether it did. */
    private boolean endedByOthers(ClaimedSchedule claimed, ScheduleRun run, int index) {
        var schedule = store.find(run.schedule());
        if (schedule.isEmpty()) {
            return true;
        }
        boolean begins = index == 0 && run.trigger() == Trigger.MANUAL;
        Optional<String> reason =
                run.trigger() == Trigger.TIME && !schedule.get().spec().enabled()
                        ? Optional.of("the schedule was disabled")
                        : obstacle(run, schedule.get(), begins);
        reason.ifPresent(
                text -> finish(claimed, run.ended(begins ? Outcome.SKIPPED : Outcome.CANCELLED, now(), reason)));
        return reason.isPresent();
    }

    /** Returns why nothing can be done with the server now; empty if something can. */
    private Optional<String> obstacle(ScheduleRun run, Schedule schedule, boolean begins) {
        var server = panel.store().servers().find(run.server());
        if (server.isEmpty()) {
            return Optional.of("there is no such server");
        }
        if (begins && run.tasks().isEmpty()) {
            return Optional.of("there are no tasks");
        }
        return Runs.obstacle(server.get())
                .or(() -> begins && schedule.spec().onlyWhenOnline() ? calls.offline(run.server()) : Optional.empty());
    }

    private Caller caller(ScheduleRun run) {
        if (run.authority().isEmpty()) {
            return Caller.panel();
        }
        var user = run.authority().get();
        return new Caller.User(
                user,
                authority.permissions(user, run.server()),
                ADDRESS,
                clock.instant().plus(AUTHORITY));
    }

    private void finish(ClaimedSchedule claimed, ScheduleRun run) {
        if (store.finish(claimed, run, options.keptRuns())) {
            LOG.info("server {}: schedule {}: {}", run.server(), run.schedule(), run.outcome());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
