package dev.rookery.wings;

import java.time.Duration;

/**
 * What became of a question to one node.
 *
 * @param <T> what was asked for
 */
public sealed interface FleetOutcome<T> {

    /**
     * The node answered.
     *
     * @param value the answer
     * @param took how long it took
     * @param <T> what was asked for
     */
    record Answered<T>(T value, Duration took) implements FleetOutcome<T> {}

    /**
     * The call failed, or was not done in time.
     *
     * @param failure what it threw: a {@link dev.rookery.api.RookeryException} unless the function itself went wrong
     * @param took how long it took
     * @param <T> what was asked for
     */
    record Failed<T>(RuntimeException failure, Duration took) implements FleetOutcome<T> {}

    /**
     * The node was not asked.
     *
     * @param reason why not
     * @param <T> what was asked for
     */
    record NotAsked<T>(Reason reason) implements FleetOutcome<T> {}

    /** Why a node was not asked. */
    enum Reason {
        /** It failed too often just now. */
        CIRCUIT_OPEN,
        /** The whole question took too long. */
        DEADLINE,
        /** The question was cancelled. */
        CANCELLED,
        /** Too many questions wait. */
        TOO_MANY,
        /** The fleet has no such node, or no longer. */
        UNKNOWN_NODE,
        /** The fleet was closed. */
        CLOSED
    }
}
