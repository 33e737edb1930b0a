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
 * longer each time, in a lane of its own, so that however many fail or hang, those that never did go through. Knows no clock: times are
 * nanoseconds of one that only moves forward. Not thread-safe.
 */
final class ReportSchedule {

    /** How many reports may be under way that never failed, and how many that did. */
    static final int LANE = 4;

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
            boolean free = underWay(standing(head).failures > 0) < LANE;
            standing(head).underWay = free;
            return !free;
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

    /** Returns how long nothing needs to be begun, if nothing else happens; at most {@code idle}. */
    Duration pause(Duration idle, long now) {
        long least = idle.toNanos();
        for (var standing : standings.values()) {
            // A full lane is no reason to look again: the end of what it holds is.
            if (!standing.underWay && underWay(standing.failures > 0) < LANE) {
                least = Math.min(least, Math.max(0, standing.due - now));
            }
        }
        return Duration.ofNanos(least);
    }

    private long underWay(boolean failedBefore) {
        return standings.values().stream()
                .filter(standing -> standing.underWay && standing.failures > 0 == failedBefore)
                .count();
    }

    private Standing standing(Waiting report) {
        return standings.computeIfAbsent(report.server(), server -> new Standing(0));
    }

    /** How it stands with the reports of one server. */
    private static final class Standing {
        private long due;
        private int failures;
        private boolean underWay;

        Standing(long due) {
            this.due = due;
        }
    }
}
