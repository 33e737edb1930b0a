package dev.rookery.panel.schedule;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.ServerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * One run of a schedule, with the tasks that it had at its beginning.
 *
 * @param id its own id, also the correlation id of its calls
 * @param schedule of which schedule
 * @param server of which server
 * @param trigger what began it
 * @param authority on whose authority; empty for the panel itself
 * @param dueAt the time it stands for
 * @param startedAt when it began, or was found missed
 * @param endedAt when it ended; empty while it is under way
 * @param outcome how it ended
 * @param reason why, for people; empty if there is nothing to say
 * @param tasks its tasks and what became of them
 */
@Value.Builder
public record ScheduleRun(
        UUID id,
        UUID schedule,
        ServerId server,
        Trigger trigger,
        Optional<UUID> authority,
        Instant dueAt,
        Instant startedAt,
        Optional<Instant> endedAt,
        Outcome outcome,
        Optional<String> reason,
        List<TaskRun> tasks) {

    /** Copies the list. */
    public ScheduleRun {
        requireNonNull(id, "id");
        requireNonNull(schedule, "schedule");
        requireNonNull(server, "server");
        requireNonNull(trigger, "trigger");
        requireNonNull(authority, "authority");
        requireNonNull(dueAt, "dueAt");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(endedAt, "endedAt");
        requireNonNull(outcome, "outcome");
        requireNonNull(reason, "reason");
        tasks = List.copyOf(tasks);
    }

    /** What began a run. */
    public enum Trigger {
        /** Its time had come. */
        TIME,
        /** Somebody asked for it. */
        MANUAL
    }

    /** How a run ended. */
    public enum Outcome {
        /** It is under way. */
        RUNNING,
        /** All its tasks are done. */
        SUCCEEDED,
        /** A task failed. */
        FAILED,
        /** It was not begun: the server was not in the state for it, or there was nothing to do. */
        SKIPPED,
        /** Its time had passed, and the catch-up policy let it pass. */
        MISSED,
        /** It was ended: the schedule was disabled, or the server's status no longer allowed it. */
        CANCELLED
    }

    /** Returns a builder. */
    public static ScheduleRunBuilder builder() {
        return new ScheduleRunBuilder();
    }

    /** Returns a copy that has ended. */
    ScheduleRun ended(Outcome outcome, Instant now, Optional<String> reason) {
        return builder()
                .from(this)
                .outcome(outcome)
                .endedAt(now)
                .reason(reason.or(this::reason))
                .build();
    }

    /** Returns a copy with another state of one task. */
    ScheduleRun with(int index, TaskRun task) {
        var changed = new ArrayList<>(tasks);
        changed.set(index, task);
        return builder().from(this).tasks(changed).build();
    }
}
