package dev.rookery.examples.panel.sql;

import dev.rookery.api.ServerId;
import dev.rookery.panel.schedule.CatchUp;
import dev.rookery.panel.schedule.CronExpression;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.schedule.ScheduleRun.Outcome;
import dev.rookery.panel.schedule.ScheduleRun.Trigger;
import dev.rookery.panel.schedule.ScheduleSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Rows of schedules and of their runs. */
final class ScheduleRows {

    private ScheduleRows() {}

    static void insert(Handle handle, Schedule schedule) {
        var spec = schedule.spec();
        handle.createUpdate("INSERT INTO schedules (id, server_uuid, name, cron, zone, enabled, only_when_online,"
                        + " catch_up, tasks, author, version, created_at, updated_at, next_run_at, due_at)"
                        + " VALUES (:id, :server, :name, :cron, :zone, :enabled, :online, :catchUp, :tasks, :author,"
                        + " :version, :created, :updated, :next, :due)")
                .bind("id", schedule.id().toString())
                .bind("server", schedule.server().toString())
                .bind("name", spec.name())
                .bind("cron", spec.cron().toString())
                .bind("zone", spec.zone().getId())
                .bind("enabled", number(spec.enabled()))
                .bind("online", number(spec.onlyWhenOnline()))
                .bind("catchUp", spec.catchUp().toString())
                .bind("tasks", ScheduleDocuments.tasks(spec.tasks()))
                .bind("author", text(schedule.author()))
                .bind("version", schedule.version())
                .bind("created", schedule.createdAt().toEpochMilli())
                .bind("updated", schedule.updatedAt().toEpochMilli())
                .bind("next", millis(schedule.nextRunAt()))
                .bind("due", spec.enabled() ? millis(schedule.nextRunAt()) : null)
                .execute();
    }

    /** Writes what somebody decides; says whether the schedule still had that version. */
    static boolean update(Handle handle, Schedule changed) {
        var spec = changed.spec();
        return handle.createUpdate("UPDATE schedules SET name = :name, cron = :cron, zone = :zone, enabled = :enabled,"
                                + " only_when_online = :online, catch_up = :catchUp, tasks = :tasks, author = :author,"
                                + " version = version + 1, updated_at = :updated, next_run_at = :next"
                                + " WHERE id = :id AND version = :version")
                        .bind("id", changed.id().toString())
                        .bind("version", changed.version())
                        .bind("name", spec.name())
                        .bind("cron", spec.cron().toString())
                        .bind("zone", spec.zone().getId())
                        .bind("enabled", number(spec.enabled()))
                        .bind("online", number(spec.onlyWhenOnline()))
                        .bind("catchUp", spec.catchUp().toString())
                        .bind("tasks", ScheduleDocuments.tasks(spec.tasks()))
                        .bind("author", text(changed.author()))
                        .bind("updated", changed.updatedAt().toEpochMilli())
                        .bind("next", millis(changed.nextRunAt()))
                        .execute()
                > 0;
    }

    static void insert(Handle handle, ScheduleRun run) {
        handle.createUpdate("INSERT INTO schedule_runs (id, schedule_id, server_uuid, trigger_kind, authority, due_at,"
                        + " started_at, ended_at, outcome, reason, tasks) VALUES (:id, :schedule, :server, :trigger,"
                        + " :authority, :due, :started, :ended, :outcome, :reason, :tasks)")
                .bind("id", run.id().toString())
                .bind("schedule", run.schedule().toString())
                .bind("server", run.server().toString())
                .bind("trigger", run.trigger().name())
                .bind("authority", text(run.authority()))
                .bind("due", run.dueAt().toEpochMilli())
                .bind("started", run.startedAt().toEpochMilli())
                .bind("ended", millis(run.endedAt()))
                .bind("outcome", run.outcome().name())
                .bind("reason", run.reason().orElse(null))
                .bind("tasks", ScheduleDocuments.runs(run.tasks()))
                .execute();
    }

    static void update(Handle handle, ScheduleRun run) {
        handle.createUpdate("UPDATE schedule_runs SET ended_at = :ended, outcome = :outcome, reason = :reason,"
                        + " tasks = :tasks WHERE id = :id")
                .bind("id", run.id().toString())
                .bind("ended", millis(run.endedAt()))
                .bind("outcome", run.outcome().name())
                .bind("reason", run.reason().orElse(null))
                .bind("tasks", ScheduleDocuments.runs(run.tasks()))
                .execute();
    }

    static Schedule schedule(ResultSet row, StatementContext context) throws SQLException {
        var spec = ScheduleSpec.builder()
                .name(row.getString("name"))
                .cron(CronExpression.parse(row.getString("cron")))
                .zone(ZoneId.of(row.getString("zone")))
                .enabled(row.getInt("enabled") != 0)
                .onlyWhenOnline(row.getInt("only_when_online") != 0)
                .catchUp(CatchUp.parse(row.getString("catch_up")))
                .tasks(ScheduleDocuments.tasks(row.getString("tasks")))
                .build();
        return Schedule.builder()
                .id(UUID.fromString(row.getString("id")))
                .server(ServerId.parse(row.getString("server_uuid")))
                .spec(spec)
                .author(uuid(row, "author"))
                .version(row.getLong("version"))
                .createdAt(Instant.ofEpochMilli(row.getLong("created_at")))
                .updatedAt(Instant.ofEpochMilli(row.getLong("updated_at")))
                .nextRunAt(Rows.instant(row, "next_run_at"))
                .lastRunAt(Rows.instant(row, "last_run_at"))
                .running(uuid(row, "running"))
                .build();
    }

    static ScheduleRun run(ResultSet row, StatementContext context) throws SQLException {
        return ScheduleRun.builder()
                .id(UUID.fromString(row.getString("id")))
                .schedule(UUID.fromString(row.getString("schedule_id")))
                .server(ServerId.parse(row.getString("server_uuid")))
                .trigger(Trigger.valueOf(row.getString("trigger_kind")))
                .authority(uuid(row, "authority"))
                .dueAt(Instant.ofEpochMilli(row.getLong("due_at")))
                .startedAt(Instant.ofEpochMilli(row.getLong("started_at")))
                .endedAt(Rows.instant(row, "ended_at"))
                .outcome(Outcome.valueOf(row.getString("outcome")))
                .reason(Optional.ofNullable(row.getString("reason")))
                .tasks(ScheduleDocuments.runs(row.getString("tasks")))
                .build();
    }

    static @Nullable Long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(null);
    }

    private static int number(boolean value) {
        return value ? 1 : 0;
    }

    private static @Nullable String text(Optional<UUID> uuid) {
        return uuid.map(UUID::toString).orElse(null);
    }

    private static Optional<UUID> uuid(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).map(UUID::fromString);
    }
}
