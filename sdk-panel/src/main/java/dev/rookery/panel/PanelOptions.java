package dev.rookery.panel;

import dev.rookery.api.InvalidInputException;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Bounds of a {@link PanelService}.
 *
 * @param operationPoll how often the store is asked for operations that another process has put down; 1 s
 * @param lease how long a claim lasts without being prolonged, so how long after a crash its operation rests; 15 s
 * @param callDeadline the longest time a node may take for one call of an operation; 30 s
 * @param parallelOperations how many operations run at one time; 32
 * @param operationsPerNode how many of them for one node, so that one that hangs leaves some for the others; 8, and 1 for a node that
 *     does not answer
 * @param firstRetry the pause after the first failure; it doubles with each further one; 1 s
 * @param maxRetry the longest pause; 1 min
 * @param protocolAttempts how often a creation is tried on a node whose answers make no sense, before it fails; 5
 * @param activePoll how often nodes are asked for their servers while somebody listens; 1.5 s
 * @param idlePoll how often they are asked otherwise; 30 s
 * @param pollDeadline the longest time a node may take to answer that; 5 s
 * @param workPatience how long a backup, a restore or a move may take from being asked for to its outcome; 1 day
 * @param backupPartBytes the size of a part of an upload to an object store, as long as 10,000 parts suffice; 128 MiB
 * @param uploadValidity how long the URLs of an upload are good; 12 h
 * @param downloadValidity how long the URL is good from which a node restores a backup; 1 h
 * @param activityKept how long is kept what happened; 90 days
 */
@Value.Builder
public record PanelOptions(
        Duration operationPoll,
        Duration lease,
        Duration callDeadline,
        int parallelOperations,
        int operationsPerNode,
        Duration firstRetry,
        Duration maxRetry,
        int protocolAttempts,
        Duration activePoll,
        Duration idlePoll,
        Duration pollDeadline,
        Duration workPatience,
        long backupPartBytes,
        Duration uploadValidity,
        Duration downloadValidity,
        Duration activityKept) {

    /** Checks every value. */
    public PanelOptions {
        positive(operationPoll, "operationPoll");
        positive(lease, "lease");
        positive(callDeadline, "callDeadline");
        atLeastOne(parallelOperations, "parallelOperations");
        atLeastOne(operationsPerNode, "operationsPerNode");
        positive(firstRetry, "firstRetry");
        atLeastOne(protocolAttempts, "protocolAttempts");
        positive(activePoll, "activePoll");
        positive(idlePoll, "idlePoll");
        positive(pollDeadline, "pollDeadline");
        positive(workPatience, "workPatience");
        atLeastOne(backupPartBytes, "backupPartBytes");
        positive(uploadValidity, "uploadValidity");
        positive(downloadValidity, "downloadValidity");
        positive(activityKept, "activityKept");
        if (maxRetry.compareTo(firstRetry) < 0) {
            throw new InvalidInputException("maxRetry: " + maxRetry + " (expected: >= firstRetry " + firstRetry + ")");
        }
    }

    /** Returns the defaults. */
    public static PanelOptions defaults() {
        return builder().build();
    }

    /** Returns a builder that begins with the defaults. */
    public static PanelOptionsBuilder builder() {
        return new PanelOptionsBuilder()
                .operationPoll(Duration.ofSeconds(1))
                .lease(Duration.ofSeconds(15))
                .callDeadline(Duration.ofSeconds(30))
                .parallelOperations(32)
                .operationsPerNode(8)
                .firstRetry(Duration.ofSeconds(1))
                .maxRetry(Duration.ofMinutes(1))
                .protocolAttempts(5)
                .activePoll(Duration.ofMillis(1500))
                .idlePoll(Duration.ofSeconds(30))
                .pollDeadline(Duration.ofSeconds(5))
                .workPatience(Duration.ofDays(1))
                .backupPartBytes(128L * 1024 * 1024)
                .uploadValidity(Duration.ofHours(12))
                .downloadValidity(Duration.ofHours(1))
                .activityKept(Duration.ofDays(90));
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new InvalidInputException(name + ": " + value + " (expected: > 0)");
        }
    }

    private static void atLeastOne(long value, String name) {
        if (value < 1) {
            throw new InvalidInputException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
