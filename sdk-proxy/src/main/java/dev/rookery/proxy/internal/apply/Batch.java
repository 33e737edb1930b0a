package dev.rookery.proxy.internal.apply;

import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StoreException;
import dev.rookery.proxy.store.StoreException.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes changes together: each is a revision of its own, and the engine gets the last of them. A change that fails takes no other one with it: if it
 * cannot be told whose fault it is, halves of them are tried by themselves. Called by whoever has the engine's lock.
 */
final class Batch {

    private static final int TRIES = 20;

    private final RouteStore store;
    private final Planner planner;
    private final EngineStage stage;
    private final Clock clock;
    private final Events events;

    Batch(RouteStore store, Planner planner, EngineStage stage, Clock clock, Events events) {
        this.store = store;
        this.planner = planner;
        this.stage = stage;
        this.clock = clock;
        this.events = events;
    }

    /** Ends all of them. */
    void run(List<Waiting> changes) {
        run(changes, 1);
    }

    private void run(List<Waiting> changes, int round) {
        var base = store.head();
        var drafts = taken(base, List.of(), changes);
        if (drafts.isEmpty()) {
            return;
        }
        var saved = saved(base, drafts, round);
        if (!saved.isEmpty()) {
            applied(base, drafts.subList(0, saved.size()), saved);
        }
        if (saved.size() < drafts.size()) {
            // Somebody saves without going this way. What was made from no revision in particular is made anew.
            run(changes(drafts.subList(saved.size(), drafts.size())), round + 1);
        }
    }

    /** Returns what the engine's program takes together, each made on top of the one before; the others are refused. */
    private List<Draft> taken(Revision base, List<Waiting> good, List<Waiting> more) {
        var drafts = drafted(base, concat(good, more));
        var added =
                drafts.stream().filter(draft -> more.contains(draft.waiting())).toList();
        if (added.isEmpty()) {
            return drafts;
        }
        var last = planner.validated(base, drafts.get(drafts.size() - 1).plan());
        if (last.possible()) {
            return with(drafts, last);
        }
        if (added.size() == 1) {
            refused(added.get(0).waiting(), last);
            return drafts.subList(0, drafts.size() - 1);
        }
        int half = added.size() / 2;
        var first = taken(base, good, changes(added.subList(0, half)));
        return taken(base, changes(first), changes(added.subList(half, added.size())));
    }

    private static List<Draft> with(List<Draft> drafts, ApplyPlan last) {
        var whole = new ArrayList<>(drafts);
        whole.set(whole.size() - 1, new Draft(whole.get(whole.size() - 1).waiting(), last));
        return whole;
    }

    /** Makes documents, each of the one before. What our own checks refuse ends here. */
    private List<Draft> drafted(Revision base, List<Waiting> changes) {
        var drafts = new ArrayList<Draft>();
        var document = base.document();
        for (var waiting : changes) {
            try {
                requireBase(waiting.change(), base);
                var wanted = waiting.change().edit().apply(document);
                var plan = planner.checked(base, document, wanted);
                if (plan.possible()) {
                    drafts.add(new Draft(waiting, plan));
                    document = wanted;
                } else {
                    refused(waiting, plan);
                }
            } catch (RuntimeException e) {
                waiting.refuse(e);
            } catch (StackOverflowError | AssertionError | LinkageError e) {
                // Of this edit alone: others came with it.
                waiting.refuse(new IllegalStateException(
                        "the change failed: " + e.getClass().getSimpleName(), e));
            }
        }
        return drafts;
    }

    static void requireBase(Change change, Revision head) {
        change.etag().filter(etag -> !etag.equals(head.etag())).ifPresent(etag -> {
            throw new StoreException(
                    Problem.STALE,
                    "revision " + head.number() + " was saved meanwhile by '"
                            + head.note().author() + "' (expected: the change made anew from that)");
        });
    }

    private void refused(Waiting waiting, ApplyPlan plan) {
        waiting.caused(() -> events.tell(correlation -> new ProxyEvent.Planned(correlation, plan)));
        waiting.refuse(new RefusedChangeException(plan.findings()));
    }

    /** Saves one after the other; fewer than there are if somebody else does so, too. */
    private List<Revision> saved(Revision base, List<Draft> drafts, int round) {
        var saved = new ArrayList<Revision>();
        var head = base;
        for (var draft : drafts) {
            draft.waiting().caused(() -> events.tell(correlation -> new ProxyEvent.Planned(correlation, draft.plan())));
            try {
                head = draft.plan().differences().isEmpty() ? head : saved(draft, head);
            } catch (StoreException e) {
                if (e.problem() != Problem.STALE || !draft.waiting().anyRevision() || round >= TRIES) {
                    draft.waiting().refuse(e);
                }
                return saved;
            }
            saved.add(head);
        }
        return saved;
    }

    private Revision saved(Draft draft, Revision base) {
        var change = draft.waiting().change();
        var note = new ChangeNote(change.author(), change.reason(), clock.instant());
        var saved = store.commit(base.etag(), draft.plan().document(), note);
        draft.waiting().caused(() -> events.tell(correlation -> new ProxyEvent.Saved(correlation, saved.header())));
        return saved;
    }

    private void applied(Revision base, List<Draft> drafts, List<Revision> saved) {
        var report = brought(saved.get(saved.size() - 1), base.number());
        if (report.outcome() == Outcome.ROLLED_BACK && report.undone().isPresent() && drafts.size() > 1) {
            int half = drafts.size() / 2;
            run(changes(drafts.subList(0, half)));
            run(changes(drafts.subList(half, drafts.size())));
            return;
        }
        for (int i = 0; i < drafts.size(); i++) {
            drafts.get(i)
                    .waiting()
                    .end(new ApplyReport(
                            saved.get(i).header(), report.outcome(), report.proof(), report.said(), report.undone()));
        }
    }

    /** What is saved is saved, also if nobody can say what the engine made of it; that is found out later. */
    private ApplyReport brought(Revision saved, long base) {
        try {
            return stage.bring(saved, base);
        } catch (RuntimeException e) {
            var said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new ApplyReport(saved.header(), Outcome.UNKNOWN, Optional.empty(), said, Optional.empty());
        }
    }

    private static List<Waiting> changes(List<Draft> drafts) {
        return drafts.stream()
                .map(Draft::waiting)
                .filter(waiting -> !waiting.ended())
                .toList();
    }

    private static List<Waiting> concat(List<Waiting> good, List<Waiting> more) {
        var all = new ArrayList<>(good);
        all.addAll(more);
        return all;
    }

    /**
     * A change and what it makes of the one before.
     *
     * @param waiting whose it is
     * @param plan what it does
     */
    private record Draft(Waiting waiting, ApplyPlan plan) {}
}
