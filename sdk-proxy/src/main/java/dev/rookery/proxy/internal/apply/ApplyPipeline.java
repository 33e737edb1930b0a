package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import dev.rookery.proxy.store.StoreLock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The whole way of a change: planned, validated by the engine's program, saved as a revision, applied, proven, or rolled back. One of all processes
 * goes it at a time, so that only the change that fails is undone. A process may die anywhere on it: {@link #converge} goes on from
 * what is saved and what runs, and needs to know nothing else. Thread-safe.
 */
public final class ApplyPipeline {

    private final RouteStore store;
    private final ProxyEngine engine;
    private final Planner planner;
    private final EngineStage stage;
    private final Batch batch;
    private final ChangeQueue queue;
    private final Duration lockLimit;

    /**
     * Creates it over a store and an engine, which it does not close.
     *
     * @param waits how long others are waited for
     */
    public ApplyPipeline(
            RouteStore store, ProxyEngine engine, DocumentChecks checks, Clock clock, Events events, Waits waits) {
        this.store = store;
        this.engine = engine;
        lockLimit = waits.lock();
        planner = new Planner(engine, checks);
        stage = new EngineStage(store, engine, checks, clock, events);
        batch = new Batch(store, planner, stage, clock, events);
        queue = new ChangeQueue(waits, this::together);
    }

    /** Returns what a change would do. Nothing is saved, and nobody waits. */
    public ApplyPlan plan(Change change) {
        var base = store.head();
        Batch.requireBase(change, base);
        return planner.withRunning(planner.plan(base, change.edit().apply(base.document())));
    }

    /**
     * Makes a change. Changes that come while one is made are made together: each is a revision of its own, and the engine gets the last of them.
     *
     * @throws RefusedChangeException if there is an error in it; nothing is saved then
     * @throws StoreException {@link Problem#STALE} if it was made from another revision than the head
     */
    public ApplyReport change(Change change) {
        return queue.change(change);
    }

    /** Brings the engine to the saved revision, whatever it runs. What it runs provably is not touched. */
    public ApplyReport converge() {
        return alone(() -> {
            var head = store.head();
            return stage.bring(head, head.number() - 1);
        });
    }

    /** Returns how long the engine may go on with names that the cloud is to lead elsewhere; empty if it runs no such names. */
    Optional<Duration> carriesFor() {
        return stage.carriesFor();
    }

    private void together(List<Waiting> changes) {
        alone(() -> {
            batch.run(changes);
            return changes;
        });
    }

    private <T> T alone(Supplier<T> task) {
        StoreLock lock = store.lock(engine.name(), lockLimit);
        try {
            return task.get();
        } finally {
            lock.close();
        }
    }
}
