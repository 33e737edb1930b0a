package dev.rookery.examples.panel.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.TaskAction;
import dev.rookery.panel.schedule.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tasks of schedules and runs as JSON, which the database keeps as text. */
final class ScheduleDocuments {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ScheduleDocuments() {}

    record Task(String action, String payload, long offsetMillis, boolean continueOnFailure) {

        static Task of(ScheduleTask task) {
            return new Task(
                    task.action().name(), task.action().payload(), task.offset().toMillis(), task.continueOnFailure());
        }

        ScheduleTask task() {
            return new ScheduleTask(TaskAction.of(action, payload), Duration.ofMillis(offsetMillis), continueOnFailure);
        }
    }

    record Progress(
            Task task,
            String state,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            @Nullable String error) {

        static Progress of(TaskRun run) {
            return new Progress(
                    Task.of(run.task()),
                    run.state().name(),
                    run.startedAt().map(Instant::toEpochMilli).orElse(null),
                    run.endedAt().map(Instant::toEpochMilli).orElse(null),
                    run.error().orElse(null));
        }

        TaskRun run() {
            return new TaskRun(
                    task.task(),
                    TaskRun.State.valueOf(state),
                    Optional.ofNullable(startedAt).map(Instant::ofEpochMilli),
                    Optional.ofNullable(endedAt).map(Instant::ofEpochMilli),
                    Optional.ofNullable(error));
        }
    }

    static String tasks(List<ScheduleTask> tasks) {
        return write(tasks.stream().map(Task::of).toList());
    }

    static List<ScheduleTask> tasks(String json) {
        return read(json, new TypeReference<List<Task>>() {}).stream()
                .map(Task::task)
                .toList();
    }

    static String runs(List<TaskRun> tasks) {
        return write(tasks.stream().map(Progress::of).toList());
    }

    static List<TaskRun> runs(String json) {
        return read(json, new TypeReference<List<Progress>>() {}).stream()
                .map(Progress::run)
                .toList();
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tasks cannot be written", e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored tasks cannot be read: " + json, e);
        }
    }
}
