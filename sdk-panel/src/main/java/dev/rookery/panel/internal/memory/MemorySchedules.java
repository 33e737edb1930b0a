package dev.rookery.panel.internal.memory;

import dev.rookery.api.NodeId;
import dev.rookery.api.ServerId;
import dev.rookery.panel.schedule.Schedule;
import dev.rookery.panel.schedule.ScheduleRun;
import dev.rookery.panel.spi.ClaimedSchedule;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.ScheduleStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Schedules in memory. */
public final class MemorySchedules implements ScheduleStore {

    private static final Comparator<ScheduleRun> NEWEST_FIRST = Comparator.comparing(ScheduleRun::startedAt)
            .thenComparing(run -> run.id().toString())
            .reversed();

    private final Tables tables;

    /** Creates the part over shared tables. */
    public MemorySchedules(Tables tables) {
        this.tables = tables;
    }

    /** A schedule with what nobody but the store knows of it. */
    record Row(
            Schedule schedule,
            @Nullable String lease,
            @Nullable Instant leaseUntil,
            @Nullable Instant wakeAt) {

        @Nullable
        Instant dueAt() {
            if (schedule.running().isPresent()) {
                return wakeAt;
            }
            return schedule.spec().enabled() ? schedule.nextRunAt().orElse(null) : null;
        }

        boolean claimable(Instant now) {
            var due = dueAt();
            return due != null && !due.isAfter(now) && (leaseUntil == null || !leaseUntil.isAfter(now));
        }

        Row leased(String name, Instant until) {
            return new Row(schedule, name, until, wakeAt);
        }

        Row free() {
            return new Row(schedule, null, null, wakeAt);
        }

        Row with(Schedule changed) {
            return new Row(changed, lease, leaseUntil, wakeAt);
        }

        Row running(ScheduleRun run) {
            var changed = Schedule.builder()
                    .from(schedule)
                    .running(run.id())
                    .lastRunAt(run.startedAt())
                    .build();
            return new Row(changed, lease, leaseUntil, run.startedAt());
        }
    }

    @Override
    public void add(Schedule schedule, int limit) {
        synchronized (tables) {
            tables.server(schedule.server());
            if (rows(schedule.server()).count() >= limit) {
                throw new PanelException(
                        Problem.TOO_MANY_SCHEDULES,
                        "server " + schedule.server() + " has " + limit + " schedules (expected: fewer)",
                        Map.of("limit", Integer.toString(limit)));
            }
            tables.schedules.put(schedule.id(), new Row(schedule, null, null, null));
        }
    }

    @Override
    public Optional<Schedule> find(UUID id) {
        synchronized (tables) {
            return Optional.ofNullable(tables.schedules.get(id)).map(Row::schedule);
        }
    }

    @Override
    public List<Schedule> list(ServerId server) {
        synchronized (tables) {
            return rows(server)
                    .map(Row::schedule)
                    .sorted(Comparator.comparing(Schedule::createdAt)
                            .thenComparing(schedule -> schedule.id().toString()))
                    .toList();
        }
    }

    @Override
    public Schedule change(Schedule changed) {
        synchronized (tables) {
            var row = row(changed.id());
            if (row.schedule().version() != changed.version()) {
                throw new PanelException(
                        Problem.SCHEDULE_CHANGED,
                        "schedule " + changed.id() + " has version "
                                + row.schedule().version() + " by now (expected: " + changed.version()
                                + "; read it again)",
                        Map.of("schedule", changed.id().toString()));
            }
            var stored = Schedule.builder()
                    .from(row.schedule())
                    .spec(changed.spec())
                    .author(changed.author())
                    .updatedAt(changed.updatedAt())
                    .nextRunAt(changed.nextRunAt())
                    .version(changed.version() + 1)
                    .build();
            tables.schedules.put(stored.id(), row.with(stored));
            return stored;
        }
    }

    @Override
    public boolean delete(UUID id) {
        synchronized (tables) {
            tables.runs.values().removeIf(run -> run.schedule().equals(id));
            return tables.schedules.remove(id) != null;
        }
    }

    @Override
    public void request(ScheduleRun run) {
        synchronized (tables) {
            var row = row(run.schedule());
            if (row.schedule().running().isPresent()) {
                throw new PanelException(
                        Problem.SCHEDULE_BUSY,
                        "a run of schedule " + run.schedule() + " is under way (expected: wait until it has ended)",
                        Map.of("schedule", run.schedule().toString()));
            }
            tables.runs.put(run.id(), run);
            tables.schedules.put(run.schedule(), row.running(run));
        }
    }

    @Override
    public Optional<ClaimedSchedule> claim(String lease, Instant now, Instant until, Set<NodeId> busy) {
        synchronized (tables) {
            var due = tables.schedules.values().stream()
                    .filter(row -> row.claimable(now))
                    .filter(row -> !busy.contains(
                            tables.server(row.schedule().server()).node()))
                    .min(Comparator.comparing(Row::dueAt));
            due.ifPresent(row -> tables.schedules.put(row.schedule().id(), row.leased(lease, until)));
            return due.map(row ->
                    new ClaimedSchedule(row.schedule(), row.schedule().running().map(tables.runs::get), lease));
        }
    }

    @Override
    public boolean renew(ClaimedSchedule claimed, Instant until) {
        synchronized (tables) {
            var row = held(claimed);
            row.ifPresent(r -> put(r.leased(claimed.lease(), until)));
            return row.isPresent();
        }
    }

    @Override
    public boolean begin(ClaimedSchedule claimed, ScheduleRun run, Optional<Instant> nextRunAt, int keep) {
        synchronized (tables) {
            var held = held(claimed);
            if (held.isEmpty()) {
                return false;
            }
            var row = held.get();
            if (row.schedule().version() != claimed.schedule().version()
                    || row.schedule().running().isPresent()) {
                put(row.free());
                return false;
            }
            tables.runs.put(run.id(), run);
            var moved = row.with(
                    Schedule.builder().from(row.schedule()).nextRunAt(nextRunAt).build());
            if (run.endedAt().isPresent()) {
                put(moved.free());
                prune(run.schedule(), keep);
            } else {
                put(moved.running(run));
            }
            return true;
        }
    }

    @Override
    public boolean save(ClaimedSchedule claimed, ScheduleRun run) {
        synchronized (tables) {
            var row = held(claimed);
            row.ifPresent(r -> tables.runs.put(run.id(), run));
            return row.isPresent();
        }
    }

    @Override
    public boolean rest(ClaimedSchedule claimed, ScheduleRun run, Instant until) {
        synchronized (tables) {
            var row = held(claimed);
            row.ifPresent(r -> {
                tables.runs.put(run.id(), run);
                put(new Row(r.schedule(), null, null, until));
            });
            return row.isPresent();
        }
    }

    @Override
    public boolean finish(ClaimedSchedule claimed, ScheduleRun run, int keep) {
        synchronized (tables) {
            var row = held(claimed);
            row.ifPresent(r -> {
                tables.runs.put(run.id(), run);
                var rested = Schedule.builder()
                        .from(r.schedule())
                        .running(Optional.empty())
                        .build();
                put(new Row(rested, null, null, null));
                prune(run.schedule(), keep);
            });
            return row.isPresent();
        }
    }

    @Override
    public List<ScheduleRun> runs(UUID schedule, int limit) {
        synchronized (tables) {
            return newest(schedule).limit(limit).toList();
        }
    }

    private Stream<Row> rows(ServerId server) {
        return tables.schedules.values().stream()
                .filter(row -> row.schedule().server().equals(server));
    }

    private Row row(UUID id) {
        var row = tables.schedules.get(id);
        if (row == null) {
            throw new PanelException(
                    Problem.SCHEDULE_NOT_FOUND, "there is no schedule " + id, Map.of("schedule", id.toString()));
        }
        return row;
    }

    private Optional<Row> held(ClaimedSchedule claimed) {
        return Optional.ofNullable(tables.schedules.get(claimed.schedule().id()))
                .filter(row -> claimed.lease().equals(row.lease()));
    }

    private void put(Row row) {
        tables.schedules.put(row.schedule().id(), row);
    }

    private Stream<ScheduleRun> newest(UUID schedule) {
        return tables.runs.values().stream()
                .filter(run -> run.schedule().equals(schedule))
                .sorted(NEWEST_FIRST);
    }

    private void prune(UUID schedule, int keep) {
        newest(schedule)
                .filter(run -> run.endedAt().isPresent())
                .skip(keep)
                .map(ScheduleRun::id)
                .toList()
                .forEach(tables.runs::remove);
    }
}
