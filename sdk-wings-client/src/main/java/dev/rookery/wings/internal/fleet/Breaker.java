package dev.rookery.wings.internal.fleet;

import dev.rookery.api.DeadlineException;
import dev.rookery.api.NodeId;
import dev.rookery.api.ProtocolException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.wings.FleetOptions;
import dev.rookery.wings.NodeHealth;
import dev.rookery.wings.NodeHealth.Circuit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps account of one node's answers, and keeps it from being asked while it only fails. A node that answers no is doing well: what
 * counts as a failure is silence, and an answer that makes no sense. Thread-safe.
 */
public final class Breaker {

    /** The share of the newest call in the latency. */
    private static final double NEWEST = 0.2;

    private static final int DOUBLINGS_MAX = 30;

    private final NodeId node;
    private final FleetOptions options;
    private final Clock clock;
    private final LongSupplier nanoTime;

    private Circuit circuit = Circuit.CLOSED;
    // Grows with each change of the circuit: a call that began before one says nothing new of the circuit when it
    // fails.
    private long generation;
    private boolean trying;
    private long openedNanos;
    private int openings;
    private double latencyNanos = -1;
    private Optional<Instant> lastSeen = Optional.empty();
    private Optional<String> lastError = Optional.empty();
    private Optional<Instant> lastErrorAt = Optional.empty();
    private long calls;
    private long failures;
    private int failuresInARow;

    /**
     * Leave to make one call.
     *
     * @param generation when it was given
     * @param changed whether the circuit changed by that: the call is a trial
     */
    public record Permit(long generation, boolean changed) {}

    /** What a call said of its node. */
    public enum Verdict {
        /** It answered. */
        ANSWERED,
        /** It did not, or made no sense. */
        FAILED,
        /** Nothing: the call was cancelled, or went wrong on this side. */
        NONE
    }

    /** Creates an account of a node that was never asked. */
    public Breaker(NodeId node, FleetOptions options, Clock clock, LongSupplier nanoTime) {
        this.node = node;
        this.options = options;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Returns the leave to make a call now, if it may be made; if so, {@link #done} must follow. */
    public synchronized Optional<Permit> admit() {
        boolean changed = circuit == Circuit.OPEN && nanoTime.getAsLong() - openedNanos >= openNanos();
        if (changed) {
            change(Circuit.HALF_OPEN);
        }
        if (circuit == Circuit.OPEN || (circuit == Circuit.HALF_OPEN && trying)) {
            return Optional.empty();
        }
        trying = circuit == Circuit.HALF_OPEN;
        calls++;
        return Optional.of(new Permit(generation, changed));
    }

    /** Takes what became of a call; returns whether the circuit changed. */
    public synchronized boolean done(Permit permit, Verdict verdict, Duration took, String error) {
        var before = circuit;
        boolean late = permit.generation() != generation;
        trying &= late;
        if (verdict == Verdict.ANSWERED) {
            latencyNanos = latencyNanos < 0 ? took.toNanos() : latencyNanos + NEWEST * (took.toNanos() - latencyNanos);
            lastSeen = Optional.of(clock.instant());
            failuresInARow = 0;
            openings = 0;
            // However late: it is an answer.
            change(Circuit.CLOSED);
        } else if (verdict == Verdict.FAILED) {
            failures++;
            lastError = Optional.of(error);
            lastErrorAt = Optional.of(clock.instant());
            failuresInARow += late ? 0 : 1;
            if (!late
                    && (circuit == Circuit.HALF_OPEN
                            || (circuit == Circuit.CLOSED && failuresInARow >= options.failuresToOpen()))) {
                change(Circuit.OPEN);
                openedNanos = nanoTime.getAsLong();
                openings++;
            }
        }
        return circuit != before;
    }

    private void change(Circuit to) {
        if (circuit != to) {
            circuit = to;
            generation++;
            trying = false;
        }
    }

    /** Returns how the node is doing. */
    public synchronized NodeHealth health() {
        return NodeHealth.builder()
                .node(node)
                .circuit(circuit)
                .latency(latencyNanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) latencyNanos)))
                .lastSeen(lastSeen)
                .lastError(lastError)
                .lastErrorAt(lastErrorAt)
                .calls(calls)
                .failures(failures)
                .failuresInARow(failuresInARow)
                .build();
    }

    /** Returns what a failure says of the node. */
    public static Verdict verdict(RuntimeException failure, boolean cancelled) {
        if (cancelled || !(failure instanceof RookeryException)) {
            return Verdict.NONE;
        }
        return failure instanceof UnavailableException
                        || failure instanceof DeadlineException
                        || failure instanceof ProtocolException
                ? Verdict.FAILED
                : Verdict.ANSWERED;
    }

    private long openNanos() {
        long nanos = options.openFor().toNanos() << Math.min(Math.max(openings - 1, 0), DOUBLINGS_MAX);
        long max = options.openForMax().toNanos();
        return nanos <= 0 || nanos > max ? max : nanos;
    }
}
