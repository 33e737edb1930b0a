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
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings the engine to a revision: applies and proves it, keeps it, or rolls it back. Called by whoever has the engine's lock. What an engine provably
 * ran, and under which revision, is kept in the store; all else is asked from the engine.
 */
final class EngineStage {

    private static final int ROUNDS = 3;

    private final RouteStore store;
    private final ProxyEngine engine;
    private final DocumentChecks checks;
    private final Clock clock;
    private final Events events;
    private final Handover handover;
    private final WayBack back;

    EngineStage(RouteStore store, ProxyEngine engine, DocumentChecks checks, Clock clock, Events events) {
        this.store = store;
        this.engine = engine;
        this.checks = checks;
        this.clock = clock;
        this.events = events;
        handover = new Handover(store, clock);
        back = new WayBack(store, engine, this::wanted, clock, events);
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

    /**
     * Brings the engine to a revision.
     *
     * @param base the revision before the changes that are to be undone if it fails
     */
    ApplyReport bring(Revision saved, long base) {
        if (saved.number() == 0) {
            // Whoever only opens a store does not want to empty an engine that works.
            return new ApplyReport(
                    saved.header(), Outcome.UNTOUCHED, Optional.empty(), "nothing was saved yet", Optional.empty());
        }
        var known = store.stage(engine.name()).orElse(StageState.none(engine.name()));
        var report = tried(saved, base, known);
        events.tell(correlation -> new ProxyEvent.Tried(correlation, report));
        return report;
    }

    private ApplyReport tried(Revision saved, long base, StageState known) {
        try {
            for (int round = 1; ; round++) {
                var seen = engine.running();
                lookForDrift(seen, known);
                var wanted = wanted(saved, seen);
                try {
                    return applied(saved, base, known, new Tried(seen, wanted, false, Optional.empty()));
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
        checks.requireFiles(document);
        return engine.candidate(document, saved.number());
    }

    private ApplyReport applied(Revision saved, long base, StageState known, Tried trial) {
        var tried = trial;
        try {
            if (!tried.seen().is(tried.wanted())) {
                engine.apply(tried.wanted(), tried.seen());
                tried = tried.taken();
            }
            tried = tried.proof(engine.prove(tried.wanted()));
            if (tried.unread() && !known.digest().equals(tried.wanted().digest())) {
                // Whoever died may have put it in its place without the engine having read it.
                engine.apply(tried.wanted(), tried.seen());
                tried = tried.taken();
                tried = tried.proof(engine.prove(tried.wanted()));
            }
        } catch (EngineException e) {
            boolean nothing = e.problem() == Problem.UNAVAILABLE && !tried.told() && unchanged(tried.seen());
            if (e.problem() == Problem.CHANGED || nothing) {
                throw e;
            }
            return rolledBack(saved, base, known, e.problem() == Problem.UNKNOWN ? tried.taken() : tried, said(e));
        } catch (RuntimeException e) {
            return rolledBack(saved, base, known, tried, "the engine failed: " + said(e));
        }
        var proof = tried.proof().orElseThrow();
        return proof.proven()
                ? proven(saved, tried.wanted(), proof)
                : rolledBack(saved, base, known, tried, firstFailure(proof));
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

    private ApplyReport rolledBack(Revision saved, long base, StageState known, Tried tried, String reason) {
        var before = back.before(tried.seen(), known);
        var proof = tried.proof();
        Optional<WayBack.Good> good;
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
            good = back.good(saved, base, known, before);
        } catch (RuntimeException e) {
            var said = reason + "; and back again: " + said(e);
            // What an engine took, and was not there any more then, is not given to it again and again.
            boolean gone = tried.told() && e instanceof EngineException away && away.problem() == Problem.UNAVAILABLE;
            return gone
                    ? undone(saved, known, back.proven(known), proof, Outcome.UNKNOWN, said)
                    : kept(saved, known, Outcome.UNKNOWN, proof, said);
        }
        return undone(saved, known, good, proof, Outcome.ROLLED_BACK, reason);
    }

    /** Otherwise every later change, of whomever, would contain what cannot be applied, and fail for it. */
    private ApplyReport undone(
            Revision saved,
            StageState known,
            Optional<WayBack.Good> good,
            Optional<Proof> proof,
            Outcome outcome,
            String reason) {
        var undone = good.flatMap(to -> back.saved(saved, to, reason));
        if (undone.isEmpty()) {
            return kept(saved, known, outcome, proof, reason);
        }
        store.keep(new StageState(
                engine.name(),
                good.get().runs() ? undone.get().number() : known.revision(),
                good.get().marker(),
                saved.number(),
                StageState.Outcome.valueOf(outcome.name()),
                reason,
                clock.instant(),
                good.get().digest()));
        return new ApplyReport(saved.header(), outcome, proof, reason, undone);
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
     * What is tried.
     *
     * @param seen what ran before
     * @param wanted what is to run
     * @param told whether the engine took it, or may have
     * @param proof empty if it did not come to that
     */
    private record Tried(Running seen, Candidate wanted, boolean told, Optional<Proof> proof) {

        Tried taken() {
            return new Tried(seen, wanted, true, proof);
        }

        /** Returns whether it was there already, and is not what answers. */
        boolean unread() {
            return !told && proof.filter(found -> !found.proven()).isPresent();
        }

        Tried proof(Proof found) {
            return new Tried(seen, wanted, told, Optional.of(found));
        }
    }

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
