package dev.rookery.panel.schedule;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Bounds of {@link Schedules}.
 *
 * @param poll how often the store is asked what is due; 1 s
 * @param lease how long a claim lasts without being prolonged, so how long after a crash its run rests; 15 s
 * @param punctuality how late a run may begin and still be on time, whatever the catch-up policy; more than {@code lease}; 1 min
 * @param patience up to how long the time for which a run waited here, because too much was to be done, does not count as being late; 10 min
 * @param callDeadline the longest time a node may take for one call; 30 s
 * @param parallelRuns how many runs are carried out at one time; one that waits does not count; 32
 * @param runsPerNode how many of them for servers of one node, so that one that hangs leaves some for the others; 8, and 1 for a node
 *     that does not answer
 * @param schedulesPerServer how many schedules a server may have; 50
 * @param keptRuns how many runs of a schedule are kept; 50
 */
@Value.Builder
public record ScheduleOptions(
        Duration poll,
        Duration lease,
        Duration punctuality,
        Duration patience,
        Duration callDeadline,
        int parallelRuns,
        int runsPerNode,
        int schedulesPerServer,
        int keptRuns) {

    /** Checks every value. */
    public ScheduleOptions {
        moreThan(Duration.ZERO, poll, "poll");
        moreThan(Duration.ZERO, lease, "lease");
        moreThan(lease, punctuality, "punctuality");
        if (patience.isNegative()) {
            throw new InvalidInputException("patience: " + patience + " (expected: >= 0)");
        }
        moreThan(Duration.ZERO, callDeadline, "callDeadline");
        atLeastOne(parallelRuns, "parallelRuns");
        atLeastOne(runsPerNode, "runsPerNode");
        atLeastOne(schedulesPerServer, "schedulesPerServer");
        atLeastOne(keptRuns, "keptRuns");
    }

    /** Returns the defaults. */
    public static ScheduleOptions defaults() {
        return builder().build();
    }

    /** Returns a builder that begins with the defaults. */
    public static ScheduleOptionsBuilder builder() {
        return new ScheduleOptionsBuilder()
                .poll(Duration.ofSeconds(1))
                .lease(Duration.ofSeconds(15))
                .punctuality(Duration.ofMinutes(1))
                .patience(Duration.ofMinutes(10))
                .callDeadline(Duration.ofSeconds(30))
                .parallelRuns(32)
                .runsPerNode(8)
                .schedulesPerServer(50)
                .keptRuns(50);
    }

    private static void moreThan(Duration least, Duration value, String name) {
        if (value.compareTo(least) <= 0) {
            throw new InvalidInputException(name + ": " + value + " (expected: > " + least + ")");
        }
    }

    private static void atLeastOne(int value, String name) {
        if (value < 1) {
            throw new InvalidInputException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
