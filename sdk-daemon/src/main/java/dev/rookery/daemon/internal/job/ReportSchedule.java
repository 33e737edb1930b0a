package dev.rookery.daemon.internal.job;

import dev.rookery.api.ServerId;
import dev.rookery.daemon.internal.store.DaemonStore.Waiting;
import dev.rookery.kit.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says which reports go next. The reports of one server go one after another, in order; servers wait for nobody else's. What has failed waits
 * longer each time, in a lane of its own, and what hangs does not count for the lane that it began in, so that however many fail or hang, those that
 * do not go through. Knows no clock: times are nanoseconds of one that only moves forward. Not thread-safe.
 */
final class ReportSchedule {

    /** How many reports may be under way that never failed, and how many that did. */
    static final int LANE = 4;
    /** How many may be under way in all, those that hang among them. */
    static final int MOST = 32;
    /** Who has no answer after this hangs. */
    static final long HANGS_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Backoff PAUSES = Backoff.of(Duration.ofMillis(500), 2, Duration.ofSeconds(60), 0.5);
    private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();

    private final Backoff pauses;
    private final Map<ServerId, Standing> standings = new HashMap<>();

    ReportSchedule() {
        this(PAUSES);
    }

    ReportSchedule(Backoff pauses) {
        this.pauses = pauses;
    }

    /**
     * Returns what is to be sent now, and takes note that it is under way.
     *
     * @param heads the oldest report of each server that has any
     */
    List<Waiting> begin(List<Waiting> heads, long now) {
        var waiting = heads.stream().map(Waiting::server).collect(Collectors.toSet());
        standings.entrySet().removeIf(entry -> !entry.getValue().underWay && !waiting.contains(entry.getKey()));
        var due = new ArrayList<Waiting>();
        for (var head : heads) {
            var standing = standings.computeIfAbsent(head.server(), server -> new Standing(now));
            if (!standing.underWay && standing.due - now <= 0) {
                due.add(head);
            }
        }
        due.sort(Comparator.comparingLong((Waiting head) -> standing(head).due - now)
                .thenComparingLong(Waiting::id));
        due.removeIf(head -> {
            var standing = standing(head);
            standing.underWay = place(standing.failures > 0, now);
            standing.begun = now;
            return !standing.underWay;
        });
        return due;
    }

    /** Takes note that a report is done with. */
    void taken(Waiting report, long now) {
        var standing = standings.remove(report.server());
        if (standing != null && standing.failures > 0) {
            // The panel answers again: the others need not wait for the whole of their pause.
            standings.values().forEach(other -> other.due = Math.min(other.due - now, SOON_NANOS) + now);
        }
    }

    /** Takes note that a report did not go through; returns how often it has not. */
    int failed(Waiting report, long now) {
        var standing = standings.computeIfAbsent(report.server(), server -> new Standing(now));
        standing.underWay = false;
        standing.failures++;
        standing.due = now + pauses.pauseAfter(standing.failures).toNanos();
        return standing.failures;
    }

    /** Returns how often a report did not go through. */
    int failures(Waiting report) {
        var standing = standings.get(report.server());
        return standing == null ? 0 : standing.failures;
    }

    /** Returns how long nothing needs to be begun, if nothing else happens; at most {@code idle}. */
    Duration pause(Duration idle, long now) {
        long least = idle.toNanos();
        boolean fresh = place(false, now);
        boolean repeated = place(true, now);
        for (var standing : standings.values()) {
            if (standing.underWay) {
                // Its lane is free again when it hangs; when it ends, somebody looks anyway.
                long hangsIn = standing.begun + HANGS_NANOS - now;
                least = standing.failures == 0 && hangsIn > 0 ? Math.min(least, hangsIn) : least;
            } else if (standing.failures > 0 ? repeated : fresh) {
                least = Math.min(least, Math.max(0, standing.due - now));
            }
        }
        return Duration.ofNanos(least);
    }

    private boolean place(boolean failedBefore, long now) {
        long all = 0;
        long lane = 0;
        for (var standing : standings.values()) {
            if (standing.underWay) {
                boolean hangs = standing.failures == 0 && now - standing.begun >= HANGS_NANOS;
                all++;
                lane += standing.failures > 0 == failedBefore && !hangs ? 1 : 0;
            }
        }
        return lane < LANE && all < MOST;
    }

    private Standing standing(Waiting report) {
        return standings.computeIfAbsent(report.server(), server -> new Standing(0));
    }

    /** How it stands with the reports of one server. */
    private static final class Standing {
        private long due;
        private int failures;
        private boolean underWay;
        private long begun;

        Standing(long due) {
            this.due = due;
        }
    }
}
