package dev.rookery.panel.schedule;

import dev.rookery.panel.schedule.CatchUp.Mode;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleRun.Trigger;
import dev.rookery.panel.schedule.TaskRun.State;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.ServerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What follows for a run from what is known; asks nobody and changes nothing. */
final class Runs {

    private Runs() {}

    /** Returns the run that stands for all times from {@code first} to {@code now}. */
    static ScheduleRun due(Schedule schedule, Instant first, Instant now) {
        var spec = schedule.spec();
        var due = spec.cron().last(first, now, spec.zone()).orElse(first);
        return ScheduleRun.builder()
                .id(UUID.randomUUID())
                .schedule(schedule.id())
                .server(schedule.server())
                .trigger(Trigger.TIME)
                .authority(schedule.author())
                .dueAt(due)
                .startedAt(now)
                .outcome(Outcome.RUNNING)
                .reason(due.equals(first) ? Optional.empty() : Optional.of("for all times since " + first))
                .tasks(spec.tasks().stream().map(TaskRun::pending).toList())
                .build();
    }

    /** Says whether a run comes too late. */
    static boolean missed(CatchUp catchUp, Duration punctuality, Duration late) {
        if (catchUp.mode() == Mode.ONCE) {
            return false;
        }
        var grace = catchUp.grace().compareTo(punctuality) > 0 ? catchUp.grace() : punctuality;
        return late.compareTo(grace) > 0;
    }

    /** Returns when a task is to be begun. */
    static Instant earliest(ScheduleRun run, int index) {
        if (index == 0) {
            return run.trigger() == Trigger.MANUAL
                    ? run.startedAt()
                    : run.startedAt().plus(run.tasks().get(0).task().offset());
        }
        var before = run.tasks().get(index - 1).endedAt().orElse(run.startedAt());
        return before.plus(run.tasks().get(index).task().offset());
    }

    /** Says whether a run ends with a task because that failed. */
    static boolean stopsAt(ScheduleRun run, int index) {
        var task = run.tasks().get(index);
        return task.state() != State.DONE && !task.task().continueOnFailure();
    }

    static Outcome outcome(ScheduleRun run) {
        boolean done = run.tasks().stream().allMatch(task -> task.state() == State.DONE);
        return done ? Outcome.SUCCEEDED : Outcome.FAILED;
    }

    /** Returns why a server is not there for schedules; empty if it is. */
    static Optional<String> obstacle(PanelServer server) {
        if (server.life().suspended()) {
            return Optional.of("the server is suspended");
        }
        return server.status() == ServerStatus.READY
                ? Optional.empty()
                : Optional.of("the server is " + server.status() + " (expected: " + ServerStatus.READY + ")");
    }
}
