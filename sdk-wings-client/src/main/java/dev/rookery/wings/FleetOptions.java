package dev.rookery.wings;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Bounds of a {@link Fleet}.
 *
 * @param concurrency how many nodes are asked at the same time, polls included; 32
 * @param waiting how many questions may wait for their turn; 100,000
 * @param deadline the longest time a question to many nodes may take as a whole; 30 s
 * @param failuresToOpen how many failures in a row open a node's circuit; 5
 * @param openFor how long an open circuit keeps a node from being asked, before one question is let through; doubles with each one that
 *     fails; 5 s
 * @param openForMax the longest time; 2 min
 * @param pollInterval how often each node is asked for its servers; zero for never, and the stream tells of nodes only; 5 s
 * @param pollDeadline the longest time that may take; 10 s
 */
@Value.Builder
public record FleetOptions(
        int concurrency,
        int waiting,
        Duration deadline,
        int failuresToOpen,
        Duration openFor,
        Duration openForMax,
        Duration pollInterval,
        Duration pollDeadline) {

    /** Checks every value. */
    public FleetOptions {
        atLeastOne(concurrency, "concurrency");
        atLeastOne(waiting, "waiting");
        atLeastOne(failuresToOpen, "failuresToOpen");
        positive(deadline, "deadline");
        positive(openFor, "openFor");
        if (pollInterval.isNegative()) {
            throw new InvalidInputException("pollInterval: " + pollInterval + " (expected: >= 0)");
        }
        positive(pollDeadline, "pollDeadline");
        if (openForMax.compareTo(openFor) < 0) {
            throw new InvalidInputException("openForMax: " + openForMax + " (expected: >= openFor, " + openFor + ")");
        }
    }

    /** Returns the defaults. */
    public static FleetOptions defaults() {
        return builder().build();
    }

    /** Returns a builder that begins with the defaults. */
    public static FleetOptionsBuilder builder() {
        return new FleetOptionsBuilder()
                .concurrency(32)
                .waiting(100_000)
                .deadline(Duration.ofSeconds(30))
                .failuresToOpen(5)
                .openFor(Duration.ofSeconds(5))
                .openForMax(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(5))
                .pollDeadline(Duration.ofSeconds(10));
    }

    private static void atLeastOne(int value, String name) {
        if (value < 1) {
            throw new InvalidInputException(name + ": " + value + " (expected: >= 1)");
        }
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidInputException(name + ": " + value + " (expected: > 0)");
        }
    }
}
