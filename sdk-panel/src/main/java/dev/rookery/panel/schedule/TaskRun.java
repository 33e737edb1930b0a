package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A task of a run.
 *
 * @param task what it is
 * @param state what became of it
 * @param startedAt when it was begun; empty if it was not
 * @param endedAt when it ended; empty if it has not
 * @param error why it failed, for people; empty if it did not
 */
public record TaskRun(
        ScheduleTask task,
        State state,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> error) {

    /** Checks its arguments. */
    public TaskRun {
        requireNonNull(task, "task");
        requireNonNull(state, "state");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(endedAt, "endedAt");
        requireNonNull(error, "error");
    }

    /** What became of a task. */
    public enum State {
        /** It has not been begun. */
        PENDING,
        /** The node is being asked. */
        STARTED,
        /** The node has accepted it. */
        DONE,
        /** The node refused it, or could not be asked. */
        FAILED,
        /** The author may not do this, or no longer. */
        DENIED,
        /** The panel ended while the node was being asked, and it must not be done twice: nobody knows whether it was done. */
        INTERRUPTED
    }

    /** Returns a task that has not been begun. */
    public static TaskRun pending(ScheduleTask task) {
        return new TaskRun(task, State.PENDING, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns a copy that is begun. */
    TaskRun started(Instant now) {
        return new TaskRun(task, State.STARTED, Optional.of(now), Optional.empty(), Optional.empty());
    }

    /** Returns a copy that has ended. */
    TaskRun ended(State state, Instant now, Optional<String> error) {
        return new TaskRun(task, state, startedAt, Optional.of(now), error);
    }

    /** Returns whether it has come to its end, good or bad. */
    public boolean over() {
        return state != State.PENDING && state != State.STARTED;
    }
}
