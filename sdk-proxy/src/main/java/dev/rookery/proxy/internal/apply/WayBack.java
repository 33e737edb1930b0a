package dev.rookery.proxy.internal.apply;

import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.apply.Candidate;
import dev.rookery.proxy.apply.EngineException;
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
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where to go from a change that failed: the engine back to what it ran, and the store to what that is part of. Called by whoever has the engine's lock. */
final class WayBack {

    private static final Logger LOG = LoggerFactory.getLogger(WayBack.class);

    /** So many revisions are looked through for one that was saved before what failed, and does not fail. */
    private static final int EARLIER_MAX = 5;

    private static final String AUTHOR = "rookery";

    private final RouteStore store;
    private final ProxyEngine engine;
    private final BiFunction<Revision, Running, Candidate> candidates;
    private final Clock clock;
    private final Events events;

    /**
     * Creates it.
     *
     * @param candidates makes what the engine is to run for a revision, of that and of what it runs
     */
    WayBack(
            RouteStore store,
            ProxyEngine engine,
            BiFunction<Revision, Running, Candidate> candidates,
            Clock clock,
            Events events) {
        this.store = store;
        this.engine = engine;
        this.candidates = candidates;
        this.clock = clock;
        this.events = events;
    }

    /** What ran before, unless that is not what was proven last, such as what somebody began who died: then what was. */
    Running before(Running seen, StageState known) {
        if (known.revision() == 0 || seen.content().digest().equals(known.digest())) {
            return seen;
        }
        return store.find(known.revision())
                .map(proven -> new Running(seen.guard(), engine.candidate(proven.document(), known.marker())))
                .orElse(seen);
    }

    /**
     * Returns what to go back to: what was proven last, or what was saved since then by others, while the engine was away. What failed is not theirs, and
     * they were told that it is applied when the engine is back.
     */
    Optional<Good> good(Revision failed, long base, StageState known, Running before) {
        int tries = 0;
        for (long number = base; number > known.revision() && tries < EARLIER_MAX; number--) {
            var earlier = store.find(number).filter(one -> !one.document().equals(failed.document()));
            if (earlier.isPresent()) {
                tries++;
                var good = tried(earlier.get(), known, before);
                if (good.isPresent()) {
                    return good;
                }
            }
        }
        return proven(known);
    }

    /** Returns what was proven last; empty if nothing ever was. */
    Optional<Good> proven(StageState known) {
        return store.find(known.revision())
                .filter(revision -> revision.number() > 0)
                .map(revision -> new Good(revision, true, known.marker(), known.digest()));
    }

    private Optional<Good> tried(Revision earlier, StageState known, Running before) {
        try {
            var seen = engine.running();
            var wanted = candidates.apply(earlier, seen);
            engine.apply(wanted, seen);
            if (engine.prove(wanted).proven()) {
                engine.keep(wanted);
                return Optional.of(new Good(earlier, true, wanted.revision(), wanted.digest()));
            }
        } catch (EngineException e) {
            LOG.debug("revision {} was saved before what failed, and fails, too", earlier.number(), e);
        } catch (InvalidInputException e) {
            // It could be saved, since it only disables or deletes; an engine gets it when its last error is gone.
            return Optional.of(new Good(earlier, false, known.marker(), known.digest()));
        }
        engine.restore(before);
        return Optional.empty();
    }

    /** Saves what the engine goes on with in the place of what failed; empty if somebody saved meanwhile, or there is nothing to go back to. */
    Optional<RevisionHeader> saved(Revision saved, Good good, String reason) {
        if (good.revision().number() >= saved.number()) {
            return Optional.empty();
        }
        var text = "revision " + saved.number() + " undone: " + reason;
        var note = new ChangeNote(AUTHOR, text.length() > 500 ? text.substring(0, 500) : text, clock.instant());
        try {
            var undone = store.commit(saved.etag(), good.revision().document(), note);
            events.tell(correlation -> new ProxyEvent.Saved(correlation, undone.header()));
            return Optional.of(undone.header());
        } catch (StoreException e) {
            if (e.problem() == StoreException.Problem.STALE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * What the engine goes on with.
     *
     * @param runs whether the engine runs that; else it runs what was proven last
     * @param marker the revision that it answers then
     * @param digest of what it runs then
     */
    record Good(Revision revision, boolean runs, long marker, String digest) {}
}
