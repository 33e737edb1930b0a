package dev.rookery.examples.panel.http;

import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.TaskRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A schedule as the UI shows it. */
record ScheduleView(
        String id,
        String name,
        String cron,
        String zone,
        boolean enabled,
        boolean onlyWhenOnline,
        String catchUp,
        List<Task> tasks,
        long version,
        boolean running,
        @Nullable Instant nextRunAt,
        @Nullable Instant lastRunAt) {

    record Task(String action, String payload, long offsetSeconds, boolean continueOnFailure) {

        static Task of(ScheduleTask task) {
            return new Task(
                    task.action().name(), task.action().payload(), task.offset().toSeconds(), task.continueOnFailure());
        }
    }

    record Run(
            String id,
            String trigger,
            Instant dueAt,
            Instant startedAt,
            @Nullable Instant endedAt,
            String outcome,
            @Nullable String reason,
            List<Step> tasks) {

        static Run of(ScheduleRun run) {
            return new Run(
                    run.id().toString(),
                    lower(run.trigger()),
                    run.dueAt(),
                    run.startedAt(),
                    run.endedAt().orElse(null),
                    lower(run.outcome()),
                    run.reason().orElse(null),
                    run.tasks().stream().map(Step::of).toList());
        }
    }

    record Step(
            Task task,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String error) {

        static Step of(TaskRun run) {
            return new Step(
                    Task.of(run.task()),
                    lower(run.state()),
                    run.startedAt().orElse(null),
                    run.endedAt().orElse(null),
                    run.error().orElse(null));
        }
    }

    static ScheduleView of(Schedule schedule) {
        var spec = schedule.spec();
        return new ScheduleView(
                schedule.id().toString(),
                spec.name(),
                spec.cron().toString(),
                spec.zone().getId(),
                spec.enabled(),
                spec.onlyWhenOnline(),
                spec.catchUp().toString(),
                spec.tasks().stream().map(Task::of).toList(),
                schedule.version(),
                schedule.running().isPresent(),
                schedule.nextRunAt().orElse(null),
                schedule.lastRunAt().orElse(null));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
