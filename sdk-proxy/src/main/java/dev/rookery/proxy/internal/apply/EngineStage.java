package dev.rookery.proxy.internal.apply;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.ApplyReport.Outcome;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
import dev.rookery.proxy.apply.EngineException.Problem;
import dev.rookery.proxy.apply.Proof;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.ProxyEvent;
import dev.rookery.proxy.apply.Running;
import dev.rookery.proxy.store.ChangeNote;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings the engine to a revision: applies and proves it, keeps it, or rolls it back. Called by whoever has the engine's lock. What an engine provably
 * ran, and under which revision, is kept in the store; all else is asked from the engine.
 */
final class EngineStage {

    private static final int ROUNDS = 3;
    private static final String AUTHOR = "rookery";

    private final RouteStore store;
    private final ProxyEngine engine;
    private final Clock clock;
    private final Events events;
    private final Handover handover;

    EngineStage(RouteStore store, ProxyEngine engine, Clock clock, Events events) {
        this.store = store;
        this.engine = engine;
        this.clock = clock;
        this.events = events;
        handover = new Handover(store, clock);
    }

    /**
     * Returns how long the engine may go on with names that the cloud is to lead elsewhere; empty if it runs no such names. It is told by what provably
     * runs: also a change that was rolled back, or a program that died, leaves them.
     */
    Optional<Duration> carriesFor() {
        var known = store.stage(engine.name()).filter(state -> state.revision() > 0);
        return known.flatMap(state -> store.find(state.revision()))
                .filter(proven -> !engine.candidate(
                                proven.document(), known.get().marker())
                        .digest()
                        .equals(known.get().digest()))
                .map(handover::left);
    }

    ApplyReport bring(Revision saved) {
        if (saved.number() == 0) {
            // Whoever only opens a store does not want to empty an engine that works.
            return new ApplyReport(
                    saved.header(), Outcome.UNTOUCHED, Optional.empty(), "nothing was saved yet", Optional.empty());
        }
        var known = store.stage(engine.name()).orElse(StageState.none(engine.name()));
        var report = tried(saved, known);
        events.tell(correlation -> new ProxyEvent.Tried(correlation, report));
        return report;
    }

    private ApplyReport tried(Revision saved, StageState known) {
        try {
            for (int round = 1; ; round++) {
                var seen = engine.running();
                lookForDrift(seen, known);
                var wanted = wanted(saved, seen);
                try {
                    return applied(saved, known, seen, wanted);
                } catch (EngineException e) {
                    if (e.problem() != Problem.CHANGED || round == ROUNDS) {
                        throw e;
                    }
                }
            }
        } catch (EngineException e) {
            // Nothing was changed: what may have been is dealt with where it was.
            return kept(saved, known, Outcome.WAITING, Optional.empty(), said(e));
        } catch (InvalidInputException e) {
            return kept(saved, known, Outcome.ROLLED_BACK, Optional.empty(), said(e));
        }
    }

    /** What is the same but for the revision that it answers runs already: nothing has to be reloaded for it. */
    private Candidate wanted(Revision saved, Running seen) {
        var document = handover.of(saved, engine.features());
        if (seen.content().revision() > 0) {
            var same = engine.candidate(document, seen.content().revision());
            if (seen.is(same)) {
                return same;
            }
        }
        return engine.candidate(document, saved.number());
    }

    private ApplyReport applied(Revision saved, StageState known, Running seen, Candidate wanted) {
        Proof proof;
        try {
            if (!seen.is(wanted)) {
                engine.apply(wanted, seen);
            }
            proof = engine.prove(wanted);
        } catch (EngineException e) {
            if (e.problem() == Problem.CHANGED || (e.problem() == Problem.UNAVAILABLE && unchanged(seen))) {
                throw e;
            }
            return rolledBack(saved, known, new Tried(seen, wanted, Optional.empty()), said(e));
        } catch (RuntimeException e) {
            return rolledBack(saved, known, new Tried(seen, wanted, Optional.empty()), "the engine failed: " + said(e));
        }
        return proof.proven()
                ? proven(saved, wanted, proof)
                : rolledBack(saved, known, new Tried(seen, wanted, Optional.of(proof)), firstFailure(proof));
    }

    private boolean unchanged(Running seen) {
        try {
            return engine.running().content().equals(seen.content());
        } catch (EngineException ignored) {
            // Away as it was when it was asked to change: whoever comes next sees what it runs.
            return true;
        }
    }

    private ApplyReport proven(Revision saved, Candidate wanted, Proof proof) {
        engine.keep(wanted);
        var state = new StageState(
                engine.name(),
                saved.number(),
                wanted.revision(),
                saved.number(),
                StageState.Outcome.DONE,
                "",
                clock.instant(),
                wanted.digest());
        store.keep(state);
        return new ApplyReport(saved.header(), Outcome.APPLIED, Optional.of(proof), "", Optional.empty());
    }

    private ApplyReport rolledBack(Revision saved, StageState known, Tried tried, String reason) {
        var before = before(tried.seen(), known);
        var proof = tried.proof();
        try {
            engine.restore(before);
            if (before.content().revision() > 0) {
                var again = engine.prove(before.content());
                if (!again.proven()) {
                    return kept(
                            saved, known, Outcome.UNKNOWN, proof, reason + "; and back again: " + firstFailure(again));
                }
                if (before.is(tried.wanted())) {
                    // It ran already: what was in its way, such as listeners that an earlier start left behind, is gone
                    // by that.
                    return proven(saved, before.content(), again);
                }
            }
        } catch (RuntimeException e) {
            return kept(saved, known, Outcome.UNKNOWN, proof, reason + "; and back again: " + said(e));
        }
        return undone(saved, known, reason)
                .map(undone -> {
                    var state = new StageState(
                            engine.name(),
                            undone.number(),
                            known.marker(),
                            saved.number(),
                            StageState.Outcome.ROLLED_BACK,
                            reason,
                            clock.instant(),
                            known.digest());
                    store.keep(state);
                    return new ApplyReport(saved.header(), Outcome.ROLLED_BACK, proof, reason, Optional.of(undone));
                })
                .orElseGet(() -> kept(saved, known, Outcome.ROLLED_BACK, proof, reason));
    }

    /** What ran before, unless that is what somebody began who died before it was proven: then what was proven last. */
    private Running before(Running seen, StageState known) {
        boolean begun =
                seen.content().revision() > 0 && !seen.content().digest().equals(known.digest());
        if (!begun || known.revision() == 0) {
            return seen;
        }
        return store.find(known.revision())
                .map(proven -> new Running(seen.guard(), engine.candidate(proven.document(), known.marker())))
                .orElse(seen);
    }

    /** Otherwise every later change, of whomever, would contain what cannot be applied, and fail for it. */
    private Optional<RevisionHeader> undone(Revision saved, StageState known, String reason) {
        if (known.revision() == 0 || known.revision() >= saved.number()) {
            return Optional.empty();
        }
        var proven = store.find(known.revision());
        if (proven.isEmpty()) {
            return Optional.empty();
        }
        var text = "revision " + saved.number() + " undone: " + reason;
        var note = new ChangeNote(AUTHOR, text.length() > 500 ? text.substring(0, 500) : text, clock.instant());
        try {
            var undone = store.commit(saved.etag(), proven.get().document(), note);
            events.tell(correlation -> new ProxyEvent.Saved(correlation, undone.header()));
            return Optional.of(undone.header());
        } catch (StoreException e) {
            if (e.problem() == StoreException.Problem.STALE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ApplyReport kept(Revision saved, StageState known, Outcome outcome, Optional<Proof> proof, String reason) {
        var state = new StageState(
                engine.name(),
                known.revision(),
                known.marker(),
                saved.number(),
                StageState.Outcome.valueOf(outcome.name()),
                reason,
                clock.instant(),
                known.digest());
        store.keep(state);
        return new ApplyReport(saved.header(), outcome, proof, reason, Optional.empty());
    }

    /** What somebody began who died is newer than what was proven, and no drift. */
    private void lookForDrift(Running seen, StageState known) {
        boolean expected = known.digest().isEmpty()
                || known.digest().equals(seen.content().digest())
                || seen.content().revision() > known.marker();
        if (!expected) {
            events.tell(correlation -> new ProxyEvent.DriftFound(correlation, known, seen));
        }
    }

    /**
     * What was tried without success.
     *
     * @param seen what ran before
     * @param wanted what was to run
     * @param proof empty if it did not come to that
     */
    private record Tried(Running seen, Candidate wanted, Optional<Proof> proof) {}

    private static String firstFailure(Proof proof) {
        return proof.checks().stream()
                .filter(check -> check.outcome() == Proof.Outcome.FAILED)
                .findFirst()
                .map(check -> check.what() + ": " + check.said())
                .orElse("");
    }

    private static String said(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
