package dev.rookery.proxy;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.NotFoundException;
import dev.rookery.proxy.apply.ApplyPlan;
import dev.rookery.proxy.apply.ApplyReport;
import dev.rookery.proxy.apply.CertificateState;
import dev.rookery.proxy.apply.CloudReport;
import dev.rookery.proxy.apply.ProxyEngine;
import dev.rookery.proxy.apply.ProxyListener;
import dev.rookery.proxy.apply.RefusedChangeException;
import dev.rookery.proxy.internal.apply.ApplyPipeline;
import dev.rookery.proxy.internal.apply.BackgroundStages;
import dev.rookery.proxy.internal.apply.CertificateTurns;
import dev.rookery.proxy.internal.apply.Change;
import dev.rookery.proxy.internal.apply.Events;
import dev.rookery.proxy.route.ProxyDocument;
import dev.rookery.proxy.store.Revision;
import dev.rookery.proxy.store.RevisionHeader;
import dev.rookery.proxy.store.RouteStore;
import dev.rookery.proxy.store.StageState;
import dev.rookery.proxy.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Routes that are saved, applied to an engine and proven, as one thing. A change is planned, checked by us and by the engine's own program, saved as a
 * revision, applied and proven from outside; if it cannot be proven, what ran before runs again. The cloud is told afterwards, on a thread of its own:
 * no change waits for it.
 *
 * <p>Thread-safe; any number of processes may use one store. Calls block. Whoever has made the store and the engine closes them, after this.
 */
@Incubating
public final class ProxyService implements AutoCloseable {

    private final RouteStore store;
    private final String engine;
    private final Events events;
    private final ApplyPipeline pipeline;
    private final BackgroundStages background;
    private final CertificateTurns certificates;

    ProxyService(
            RouteStore store,
            String engine,
            Events events,
            ApplyPipeline pipeline,
            BackgroundStages background,
            CertificateTurns certificates) {
        this.store = store;
        this.engine = engine;
        this.events = events;
        this.pipeline = pipeline;
        this.background = background;
        this.certificates = certificates;
    }

    /** Returns a builder over a store and an engine. */
    public static ProxyServiceBuilder builder(RouteStore store, ProxyEngine engine) {
        return new ProxyServiceBuilder(store, engine);
    }

    /**
     * Brings the engine and the cloud to what is saved, and keeps trying in the background while they are away; from then on certificates are looked at, too.
     * To be called when a program starts; calling it again has no effect but that.
     */
    public void start() {
        background.start();
        certificates.start();
    }

    /** Returns the routes, for a person or a program to work on. */
    public ProxyRoutes routes(String author) {
        return new ProxyRoutes(this, requireNonNull(author, "author"));
    }

    /** Returns the newest revision. */
    public Revision head() {
        return store.head();
    }

    /** Returns how far everything is. */
    public ProxyState state() {
        var head = store.head().header();
        return new ProxyState(
                head, store.stage(engine).orElse(StageState.none(engine)), store.stage(BackgroundStages.CLOUD));
    }

    /** Returns what a change would do, to routes, engine and cloud; nothing is changed. */
    public ApplyPlan plan(UnaryOperator<ProxyDocument> edit) {
        var plan = pipeline.plan(new Change("", "", Optional.empty(), edit));
        return plan.candidate().isPresent() && plan.possible() ? background.withCloud(plan) : plan;
    }

    /**
     * Changes the document, whatever it is at present. Changes that come while another one is made are applied together: each is a revision of its own
     * and gets a report of its own, and one that fails takes no other one with it. A caller that is interrupted stops waiting for its turn; a change that has begun
     * goes on to its end.
     *
     * @param author who
     * @param reason why
     * @param edit makes the new document of the present one; may be called several times, by another thread than the caller's
     * @return what became of it; see {@link ApplyReport#applied}
     * @throws RefusedChangeException if the new document has an error; nothing is saved then. What only disables or deletes routes is saved all the same,
     *     and applied once the last error is gone
     */
    public ApplyReport change(String author, String reason, UnaryOperator<ProxyDocument> edit) {
        return made(new Change(author, reason, Optional.empty(), edit));
    }

    /**
     * Replaces the document, if it is still the one that was seen.
     *
     * @param etag of the revision that was seen
     * @param author who
     * @param reason why
     * @param document the new one
     * @return what became of it; see {@link ApplyReport#applied}
     * @throws RefusedChangeException if the document has an error; nothing is saved then
     * @throws StoreException {@link StoreException.Problem#STALE} if another revision was saved meanwhile
     */
    public ApplyReport replace(String etag, String author, String reason, ProxyDocument document) {
        requireNonNull(document, "document");
        return made(new Change(author, reason, Optional.of(etag), present -> document));
    }

    /**
     * Saves and applies an earlier document as a new revision.
     *
     * @param number of the revision that had it
     * @throws NotFoundException if that revision is not there, or not any more
     */
    public ApplyReport rollBack(long number, String author) {
        var earlier = store.find(number)
                .orElseThrow(() -> new NotFoundException("revision " + number + " (expected: one of the history)"));
        return change(author, "back to revision " + number, present -> earlier.document());
    }

    /** Brings the engine to what is saved, whatever it runs; changes nothing if it runs that already. */
    public ApplyReport apply() {
        var report = pipeline.converge();
        background.tried(report);
        return report;
    }

    /** Tells the cloud now what the engine runs; empty without a cloud. */
    public Optional<CloudReport> sync() {
        return background.sync();
    }

    /**
     * Returns how far the certificates are that a {@link dev.rookery.proxy.apply.CertificateSource} gets, by their names, as of when somebody last looked: after
     * each change, and every hour.
     */
    public List<CertificateState> certificates() {
        return certificates.states();
    }

    /**
     * Lists revisions, the newest first.
     *
     * @param before only those with a smaller number; empty for all
     * @param limit at most so many
     */
    public List<RevisionHeader> history(OptionalLong before, int limit) {
        return store.history(before.orElse(Long.MAX_VALUE), limit);
    }

    /** Returns a revision; empty if it is not there, or not any more. */
    public Optional<Revision> find(long number) {
        return store.find(number);
    }

    /** Has a listener hear everything from now on. */
    public void addListener(ProxyListener listener) {
        events.add(requireNonNull(listener, "listener"));
    }

    /** Has a listener hear nothing more. */
    public void removeListener(ProxyListener listener) {
        events.remove(listener);
    }

    /** Ends the background work and waits for it for some seconds. Store and engine stay as they are. Closing twice has no effect. */
    @Override
    public void close() {
        certificates.close();
        background.close();
    }

    private ApplyReport made(Change change) {
        var report = background.settled(pipeline.change(change));
        background.tried(report);
        return report;
    }
}
