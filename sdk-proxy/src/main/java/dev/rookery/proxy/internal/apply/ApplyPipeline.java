package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import dev.rookery.proxy.store.StoreLock;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The whole way of a change: planned, validated by the engine's program, saved as a revision, applied, proven, or rolled back. One of all processes
 * goes it at a time, so that whoever's change fails is the one whose change is undone. A process may die anywhere on it: {@link #converge} goes on from
 * what is saved and what runs, and needs to know nothing else. Thread-safe.
 */
public final class ApplyPipeline {

    private static final int TRIES = 20;

    private final RouteStore store;
    private final ProxyEngine engine;
    private final Planner planner;
    private final EngineStage stage;
    private final Clock clock;
    private final Events events;
    private final Duration lockLimit;

    /** Creates it over a store and an engine, which it does not close. */
    public ApplyPipeline(RouteStore store, ProxyEngine engine, Clock clock, Events events, Duration lockLimit) {
        this.store = store;
        this.engine = engine;
        this.clock = clock;
        this.events = events;
        this.lockLimit = lockLimit;
        planner = new Planner(engine);
        stage = new EngineStage(store, engine, clock, events);
    }

    /** Returns what a change would do. Nothing is saved, and nobody waits. */
    public ApplyPlan plan(Change change) {
        var base = base(change);
        return planner.withRunning(planner.plan(base, change.edit().apply(base.document())));
    }

    /**
     * Makes a change.
     *
     * @throws RefusedChangeException if there is an error in it; nothing is saved then
     * @throws StoreException {@link Problem#STALE} if it was made from another revision than the head
     */
    public ApplyReport change(Change change) {
        return alone(() -> {
            var saved = saved(change);
            return stage.bring(saved);
        });
    }

    /** Brings the engine to the saved revision, whatever it runs. What it runs provably is not touched. */
    public ApplyReport converge() {
        return alone(() -> stage.bring(store.head()));
    }

    /** Returns whether the engine runs names that the cloud is to lead elsewhere; it is to be brought to the document when it does. */
    boolean carrying() {
        return stage.carrying();
    }

    private Revision saved(Change change) {
        for (int i = 0; ; i++) {
            var base = base(change);
            var plan = planner.plan(base, change.edit().apply(base.document()));
            events.tell(correlation -> new ProxyEvent.Planned(correlation, plan));
            if (!plan.possible()) {
                throw new RefusedChangeException(plan.findings());
            }
            if (plan.differences().isEmpty()) {
                return base;
            }
            try {
                var note = new ChangeNote(change.author(), change.reason(), clock.instant());
                var saved = store.commit(base.etag(), plan.document(), note);
                events.tell(correlation -> new ProxyEvent.Saved(correlation, saved.header()));
                return saved;
            } catch (StoreException e) {
                // Somebody saves without going this way. What was made from no revision in particular is made anew.
                if (e.problem() != Problem.STALE || change.etag().isPresent() || i >= TRIES) {
                    throw e;
                }
            }
        }
    }

    private Revision base(Change change) {
        var head = store.head();
        change.etag().filter(etag -> !etag.equals(head.etag())).ifPresent(etag -> {
            throw new StoreException(
                    Problem.STALE,
                    "revision " + head.number() + " was saved meanwhile by '"
                            + head.note().author() + "' (expected: the change made anew from that)");
        });
        return head;
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
