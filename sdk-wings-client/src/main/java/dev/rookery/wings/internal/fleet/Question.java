package dev.rookery.wings.internal.fleet;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.NodeId;
import dev.rookery.api.node.Node;
import dev.rookery.wings.FleetOutcome;
import dev.rookery.wings.FleetOutcome.Reason;
import dev.rookery.wings.FleetResult;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One question to many nodes. Ends when each has an outcome, or at the deadline with what there is. Thread-safe.
 *
 * @param <T> what is asked for
 */
public final class Question<T> {

    private final List<NodeId> nodes;
    private final Function<? super Node, ? extends T> call;
    private final LongSupplier nanoTime;
    private final Duration deadline;
    private final long beganNanos;
    private final CancelSignal signal = CancelSignal.create();
    private final Future<T> result = new Future<>(this);
    // All below are guarded by this.
    private final Map<NodeId, FleetOutcome<T>> outcomes = new HashMap<>();
    private final Map<NodeId, Long> running = new HashMap<>();
    private boolean over;

    /** The result; cancelling it cancels the question. */
    private static final class Future<T> extends CompletableFuture<FleetResult<T>> {

        private final Question<T> question;

        Future(Question<T> question) {
            this.question = question;
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(mayInterrupt);
            question.end(Reason.CANCELLED);
            return cancelled;
        }
    }

    /**
     * Creates a question that nobody was asked yet.
     *
     * @param nodes who is asked
     * @param call asks one
     * @param deadline how long it may take as a whole
     * @param nanoTime tells the time
     */
    public Question(
            Collection<NodeId> nodes,
            Function<? super Node, ? extends T> call,
            Duration deadline,
            LongSupplier nanoTime) {
        this.nodes = List.copyOf(new LinkedHashSet<>(nodes));
        this.call = call;
        this.deadline = deadline;
        this.nanoTime = nanoTime;
        this.beganNanos = nanoTime.getAsLong();
        if (nodes.isEmpty()) {
            result.complete(new FleetResult<>(Map.of()));
        }
    }

    /** Returns who is asked. */
    public List<NodeId> nodes() {
        return nodes;
    }

    /** Returns what becomes of it. */
    public CompletableFuture<FleetResult<T>> result() {
        return result;
    }

    /** Returns the task that asks one node. */
    public Workers.Task task(NodeId id, Node node, Breaker breaker, Consumer<NodeId> circuitChanged) {
        return new Workers.Task() {
            @Override
            public void run() {
                if (ask(id, node, breaker, circuitChanged)) {
                    circuitChanged.accept(id);
                }
            }

            @Override
            public void drop() {
                notAsked(id, Reason.CLOSED);
            }
        };
    }

    /** Says that a node is not asked. */
    public void notAsked(NodeId id, Reason reason) {
        settle(id, new FleetOutcome.NotAsked<>(reason));
    }

    /** Ends it with what there is, and cancels what runs. */
    public void end(Reason reason) {
        synchronized (this) {
            if (over) {
                return;
            }
            for (var id : nodes) {
                outcomes.computeIfAbsent(id, open -> unfinished(open, reason));
            }
            over = true;
        }
        complete();
        signal.cancel();
    }

    private FleetOutcome<T> unfinished(NodeId id, Reason reason) {
        var began = running.get(id);
        if (began == null) {
            return new FleetOutcome.NotAsked<>(reason);
        }
        var failure = new DeadlineException("node " + id + ": no answer when the question ended ("
                + (reason == Reason.DEADLINE ? "deadline of " + deadline.toMillis() + " ms" : reason) + ")");
        return new FleetOutcome.Failed<>(failure, since(began));
    }

    private boolean ask(NodeId id, Node node, Breaker breaker, Consumer<NodeId> circuitChanged) {
        long began = nanoTime.getAsLong();
        var left = deadline.minusNanos(began - beganNanos);
        synchronized (this) {
            if (over) {
                return false;
            }
            running.put(id, began);
        }
        if (left.isNegative() || left.isZero()) {
            end(Reason.DEADLINE);
            return false;
        }
        var permit = breaker.admit();
        if (permit.isEmpty()) {
            notAsked(id, Reason.CIRCUIT_OPEN);
            return false;
        }
        if (permit.get().changed()) {
            circuitChanged.accept(id);
        }
        return ask(id, node.with(CallOptions.deadline(left).cancel(signal)), breaker, permit.get());
    }

    private boolean ask(NodeId id, Node node, Breaker breaker, Breaker.Permit permit) {
        long began = nanoTime.getAsLong();
        try {
            T value = call.apply(node);
            boolean changed = breaker.done(permit, Breaker.Verdict.ANSWERED, since(began), "");
            settle(id, new FleetOutcome.Answered<>(value, since(began)));
            return changed;
        } catch (RuntimeException e) {
            var verdict = Breaker.verdict(e, signal.cancelled() && !timedOut());
            boolean changed = breaker.done(permit, verdict, since(began), String.valueOf(e.getMessage()));
            settle(id, new FleetOutcome.Failed<>(e, since(began)));
            return changed;
        } catch (Error e) {
            var failure = new IllegalStateException("node " + id + ": the function went wrong", e);
            boolean changed = breaker.done(permit, Breaker.Verdict.NONE, since(began), "");
            settle(id, new FleetOutcome.Failed<>(failure, since(began)));
            return changed;
        }
    }

    private boolean timedOut() {
        return nanoTime.getAsLong() - beganNanos >= deadline.toNanos();
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - nanos);
    }

    private void settle(NodeId id, FleetOutcome<T> outcome) {
        synchronized (this) {
            if (over) {
                return;
            }
            outcomes.put(id, outcome);
            over = outcomes.size() == nodes.size();
            if (!over) {
                return;
            }
        }
        complete();
    }

    private void complete() {
        var ordered = new LinkedHashMap<NodeId, FleetOutcome<T>>();
        synchronized (this) {
            nodes.forEach(id -> ordered.put(id, outcomes.get(id)));
        }
        result.complete(new FleetResult<>(ordered));
    }
}
