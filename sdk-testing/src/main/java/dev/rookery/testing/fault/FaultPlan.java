package dev.rookery.testing.fault;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Says which fault the next exchange meets. Called once for each, in the order in which requests arrive, by one thread at a time. */
@FunctionalInterface
public interface FaultPlan {

    /**
     * Returns the fault of an exchange.
     *
     * @param number which request this is, from 1, over all connections
     * @param request the request line, such as {@code GET /api/system HTTP/1.1}
     * @return empty if nothing goes wrong
     */
    Optional<Fault> next(long number, String request);

    /** Returns a plan without faults. */
    static FaultPlan none() {
        return (number, request) -> Optional.empty();
    }

    /** Returns a plan that does the same to every exchange. */
    static FaultPlan always(Fault fault) {
        requireNonNull(fault, "fault");
        return (number, request) -> Optional.of(fault);
    }

    /** Returns a plan that does one fault after the other, and nothing when they are used up. */
    static FaultPlan inOrder(List<Fault> faults) {
        var waiting = new ArrayDeque<>(faults);
        return (number, request) -> Optional.ofNullable(waiting.poll());
    }

    /**
     * Returns a plan that lets exchanges pass but for every {@code n}th, to which the faults come in rotation.
     *
     * @param n at least 1
     * @param faults at least one
     */
    static FaultPlan everyNth(int n, List<Fault> faults) {
        var rotation = List.copyOf(faults);
        if (n < 1 || rotation.isEmpty()) {
            throw new IllegalArgumentException("n: " + n + ", faults: " + rotation.size() + " (expected: >= 1)");
        }
        return (number, request) -> number % n == 0
                ? Optional.of(rotation.get((int) ((number / n - 1) % rotation.size())))
                : Optional.empty();
    }
}
