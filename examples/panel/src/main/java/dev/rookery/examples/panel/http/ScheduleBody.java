package dev.rookery.examples.panel.http;

import dev.rookery.api.InvalidInputException;
import dev.rookery.panel.schedule.CatchUp;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.ScheduleSpec;
import dev.rookery.panel.schedule.ScheduleTask;
import dev.rookery.panel.schedule.TaskAction;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A schedule as the UI sends it. What is wrong with it is told of its field; tasks are {@code tasks.0}, {@code tasks.1} and so on. */
record ScheduleBody(
        @Nullable String name,
        @Nullable String cron,
        @Nullable String zone,
        @Nullable Boolean enabled,
        @Nullable Boolean onlyWhenOnline,
        @Nullable String catchUp,
        @Nullable List<Task> tasks,
        @Nullable Long version) {

    private static final int MAX_NAME = 191;
    private static final int MAX_ZONE = 64;

    record Task(
            @Nullable String action,
            @Nullable String payload,
            @Nullable Long offsetSeconds,
            @Nullable Boolean continueOnFailure) {

        private ScheduleTask task() {
            return new ScheduleTask(
                    TaskAction.of(action == null ? "" : action, payload == null ? "" : payload),
                    Duration.ofSeconds(offsetSeconds == null ? 0 : offsetSeconds),
                    Boolean.TRUE.equals(continueOnFailure));
        }
    }

    /** When something would be due: what a preview is made of. */
    record Times(@Nullable String cron, @Nullable String zone) {

        CronExpression expression() {
            return ScheduleBody.expression(cron);
        }

        ZoneId zoneId() {
            return ScheduleBody.zoneId(zone);
        }
    }

    ScheduleSpec spec() {
        return ScheduleSpec.builder()
                .name(Bodies.required(name, "name", MAX_NAME))
                .cron(expression(cron))
                .zone(zoneId(zone))
                .enabled(!Boolean.FALSE.equals(enabled))
                .onlyWhenOnline(Boolean.TRUE.equals(onlyWhenOnline))
                .catchUp(field("catchUp", () -> CatchUp.parse(catchUp == null ? "skip" : catchUp)))
                .tasks(scheduleTasks())
                .build();
    }

    private List<ScheduleTask> scheduleTasks() {
        var given = Bodies.required(tasks, "tasks");
        var read = new ArrayList<ScheduleTask>();
        for (int i = 0; i < given.size(); i++) {
            var name = "tasks." + i;
            var task = Bodies.required(given.get(i), name);
            read.add(field(name, task::task));
        }
        return read;
    }

    private static CronExpression expression(@Nullable String cron) {
        return field("cron", () -> CronExpression.parse(cron == null ? "" : cron));
    }

    private static ZoneId zoneId(@Nullable String zone) {
        var id = Bodies.required(zone, "zone", MAX_ZONE);
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw ApiError.field("zone", "zone: '" + id + "' (expected: a time zone such as Europe/Berlin or UTC)");
        }
    }

    private static <T> T field(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidInputException e) {
            throw ApiError.field(name, String.valueOf(e.getMessage()));
        }
    }
}
