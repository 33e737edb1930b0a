package dev.rookery.examples.panel.sql;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.spi.ClaimedSchedule;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.ScheduleStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules in the database. Whatever changes one begins with a change of its row, under the conditions that have to hold. */
final class SqlSchedules implements ScheduleStore {

    private static final Logger LOG = LoggerFactory.getLogger(SqlSchedules.class);
    /** Looking for one that can be read ends after so many; the next look goes on behind them. */
    private static final int UNREADABLE_AT_ONCE = 100;

    private static final String HELD = " WHERE id = ? AND lease = ?";
    private static final String FREE = "lease = NULL, lease_until = NULL";
    private static final String DUE =
            "due_at = CASE WHEN running IS NOT NULL THEN wake_at WHEN enabled = 1 THEN next_run_at END";

    private final Jdbi jdbi;
    private final Dialect dialect;
    private final UnreadableRows unreadable = new UnreadableRows();

    SqlSchedules(Jdbi jdbi, Dialect dialect) {
        this.jdbi = jdbi;
        this.dialect = dialect;
    }

    @Override
    public void add(Schedule schedule, int limit) {
        jdbi.useTransaction(handle -> {
            var server = schedule.server().toString();
            if (!Rows.exists(handle, "SELECT 1 FROM servers WHERE uuid = ?", server)) {
                throw new PanelException(
                        Problem.SERVER_NOT_FOUND, "there is no server " + server, Map.of("server", server));
            }
            long present = handle.select("SELECT COUNT(*) FROM schedules WHERE server_uuid = ?", server)
                    .mapTo(Long.class)
                    .one();
            if (present >= limit) {
                throw new PanelException(
                        Problem.TOO_MANY_SCHEDULES,
                        "server " + server + " has " + present + " schedules (expected: fewer than " + limit + ")",
                        Map.of("limit", Integer.toString(limit)));
            }
            ScheduleRows.insert(handle, schedule);
        });
    }

    @Override
    public Optional<Schedule> find(UUID id) {
        return jdbi.withHandle(handle -> schedule(handle, id));
    }

    @Override
    public List<Schedule> list(ServerId server) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT * FROM schedules WHERE server_uuid = ? ORDER BY created_at, id", server.toString())
                .map(ScheduleRows::schedule)
                .list());
    }

    @Override
    public Schedule change(Schedule changed) {
        return jdbi.inTransaction(handle -> {
            if (!ScheduleRows.update(handle, changed)) {
                var present = schedule(handle, changed.id()).orElseThrow(() -> notFound(changed.id()));
                throw new PanelException(
                        Problem.SCHEDULE_CHANGED,
                        "schedule " + changed.id() + " has version " + present.version() + " by now (expected: "
                                + changed.version() + "; read it again)",
                        Map.of("schedule", changed.id().toString()));
            }
            refreshDue(handle, changed.id());
            return schedule(handle, changed.id()).orElseThrow();
        });
    }

    @Override
    public boolean delete(UUID id) {
        return jdbi.withHandle(handle -> handle.execute("DELETE FROM schedules WHERE id = ?", id.toString())) > 0;
    }

    @Override
    public void request(ScheduleRun run) {
        jdbi.useTransaction(handle -> {
            if (!running(handle, run, "")) {
                if (schedule(handle, run.schedule()).isEmpty()) {
                    throw notFound(run.schedule());
                }
                throw new PanelException(
                        Problem.SCHEDULE_BUSY,
                        "a run of schedule " + run.schedule() + " is under way (expected: wait until it has ended)",
                        Map.of("schedule", run.schedule().toString()));
            }
            ScheduleRows.insert(handle, run);
        });
    }

    /** One that this panel cannot read, such as one that a newer panel has written, must not keep it from the others. */
    @Override
    public Optional<ClaimedSchedule> claim(String lease, Instant now, Instant until, Set<NodeId> busy) {
        for (int tries = 0; tries < UNREADABLE_AT_ONCE; tries++) {
            var id = claimed(lease, now, until, busy);
            if (id.isEmpty()) {
                return Optional.empty();
            }
            try {
                return read(id.get(), lease);
            } catch (RuntimeException e) {
                if (failedDatabase(e)) {
                    // Its lease ends; nothing is known against the schedule.
                    throw e;
                }
                unreadable.add(id.get(), now);
                LOG.error("schedule {} cannot be read; it rests", id.get(), e);
                jdbi.useHandle(handle -> handle.execute("UPDATE schedules SET " + FREE + HELD, id.get(), lease));
            }
        }
        return Optional.empty();
    }

    /** Tells a database that is away or too slow from a row that is wrong. */
    private static boolean failedDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectionException
                    || cause instanceof UnableToExecuteStatementException
                    || cause instanceof TransactionException) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> claimed(String lease, Instant now, Instant until, Set<NodeId> busy) {
        var without = unreadable.at(now);
        var sql = "UPDATE schedules SET lease = :lease, lease_until = :until WHERE id = (SELECT id FROM schedules"
                + " WHERE due_at <= :now AND (lease IS NULL OR lease_until <= :now)"
                + (busy.isEmpty() ? "" : " AND server_uuid NOT IN (" + Rows.serversOn(busy) + ")")
                + (without.isEmpty() ? "" : " AND id NOT IN (<unreadable>)")
                + " ORDER BY due_at LIMIT 1" + dialect.skipLocked() + ") RETURNING id";
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery(sql)
                    .bind("lease", lease)
                    .bind("until", until.toEpochMilli())
                    .bind("now", now.toEpochMilli());
            if (!without.isEmpty()) {
                query.bindList("unreadable", without);
            }
            return query.mapTo(String.class).findOne();
        });
    }

    private Optional<ClaimedSchedule> read(String id, String lease) {
        return jdbi.inTransaction(handle -> schedule(handle, UUID.fromString(id))
                .map(schedule ->
                        new ClaimedSchedule(schedule, schedule.running().flatMap(run -> run(handle, run)), lease)));
    }

    @Override
    public boolean renew(ClaimedSchedule claimed, Instant until) {
        return jdbi.withHandle(handle -> handle.execute(
                        "UPDATE schedules SET lease_until = ?" + HELD,
                        until.toEpochMilli(),
                        id(claimed),
                        claimed.lease()))
                > 0;
    }

    @Override
    public boolean begin(ClaimedSchedule claimed, ScheduleRun run, Optional<Instant> nextRunAt, int keep) {
        return jdbi.inTransaction(handle -> {
            int moved = handle.execute(
                    "UPDATE schedules SET next_run_at = ?" + HELD + " AND version = ? AND running IS NULL",
                    ScheduleRows.millis(nextRunAt),
                    id(claimed),
                    claimed.lease(),
                    claimed.schedule().version());
            boolean ended = run.endedAt().isPresent();
            if (moved > 0) {
                ScheduleRows.insert(handle, run);
            }
            if (moved > 0 && !ended) {
                return running(handle, run, claimed.lease());
            }
            handle.execute("UPDATE schedules SET " + FREE + HELD, id(claimed), claimed.lease());
            refreshDue(handle, run.schedule());
            prune(handle, run.schedule(), keep);
            return moved > 0;
        });
    }

    @Override
    public boolean save(ClaimedSchedule claimed, ScheduleRun run) {
        return jdbi.inTransaction(handle -> {
            boolean held = handle.execute(
                            "UPDATE schedules SET lease = ?" + HELD, claimed.lease(), id(claimed), claimed.lease())
                    > 0;
            if (held) {
                ScheduleRows.update(handle, run);
            }
            return held;
        });
    }

    @Override
    public boolean rest(ClaimedSchedule claimed, ScheduleRun run, Instant until) {
        return jdbi.inTransaction(handle -> {
            boolean held = handle.execute(
                            "UPDATE schedules SET wake_at = ?, " + FREE + HELD,
                            until.toEpochMilli(),
                            id(claimed),
                            claimed.lease())
                    > 0;
            if (held) {
                ScheduleRows.update(handle, run);
                refreshDue(handle, run.schedule());
            }
            return held;
        });
    }

    @Override
    public boolean finish(ClaimedSchedule claimed, ScheduleRun run, int keep) {
        return jdbi.inTransaction(handle -> {
            boolean held = handle.execute(
                            "UPDATE schedules SET running = NULL, wake_at = NULL, " + FREE + HELD,
                            id(claimed),
                            claimed.lease())
                    > 0;
            if (held) {
                ScheduleRows.update(handle, run);
                refreshDue(handle, run.schedule());
                prune(handle, run.schedule(), keep);
            }
            return held;
        });
    }

    @Override
    public List<ScheduleRun> runs(UUID schedule, int limit) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT * FROM schedule_runs WHERE schedule_id = ? ORDER BY started_at DESC, id DESC LIMIT ?",
                        schedule.toString(),
                        limit)
                .map(ScheduleRows::run)
                .list());
    }

    /** Notes that a run is under way, if there is none; the claim has to be of that name unless it is empty. */
    private static boolean running(Handle handle, ScheduleRun run, String lease) {
        return handle.createUpdate("UPDATE schedules SET running = :run, wake_at = :at, due_at = :at, last_run_at = :at"
                                + " WHERE id = :id AND running IS NULL AND (:lease = '' OR lease = :lease)")
                        .bind("run", run.id().toString())
                        .bind("at", run.startedAt().toEpochMilli())
                        .bind("id", run.schedule().toString())
                        .bind("lease", lease)
                        .execute()
                > 0;
    }

    private static void refreshDue(Handle handle, UUID schedule) {
        handle.execute("UPDATE schedules SET " + DUE + " WHERE id = ?", schedule.toString());
    }

    private static void prune(Handle handle, UUID schedule, int keep) {
        handle.execute(
                "DELETE FROM schedule_runs WHERE schedule_id = ? AND ended_at IS NOT NULL AND id NOT IN"
                        + " (SELECT id FROM schedule_runs WHERE schedule_id = ? AND ended_at IS NOT NULL"
                        + " ORDER BY started_at DESC, id DESC LIMIT ?)",
                schedule.toString(),
                schedule.toString(),
                keep);
    }

    private static Optional<Schedule> schedule(Handle handle, UUID id) {
        return handle.select("SELECT * FROM schedules WHERE id = ?", id.toString())
                .map(ScheduleRows::schedule)
                .findOne();
    }

    private static Optional<ScheduleRun> run(Handle handle, UUID id) {
        return handle.select("SELECT * FROM schedule_runs WHERE id = ?", id.toString())
                .map(ScheduleRows::run)
                .findOne();
    }

    private static String id(ClaimedSchedule claimed) {
        return claimed.schedule().id().toString();
    }

    private static PanelException notFound(UUID id) {
        return new PanelException(
                Problem.SCHEDULE_NOT_FOUND, "there is no schedule " + id, Map.of("schedule", id.toString()));
    }
}
