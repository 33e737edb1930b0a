package dev.rookery.proxy.cloudflare;

import static java.util.Objects.requireNonNull;

import dev.rookery.proxy.internal.cloudflare.Entries;
import dev.rookery.proxy.internal.cloudflare.OutboxRun;
import dev.rookery.proxy.internal.cloudflare.OutboxThread;
import dev.rookery.proxy.internal.cloudflare.Wish;
import dev.rookery.proxy.route.ProxyDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings Cloudflare to what a document wants, however long that takes: what is wanted is on the disk when {@link #want} returns, is tried until it is done, and
 * only the newest counts. It may be stopped anywhere, also by a power cut: what was begun is looked at again and finished. Nothing is touched that does not bear
 * our mark. Thread-safe; several processes of one machine may share a folder.
 *
 * <p>Either {@link #start} it, or call {@link #runDue} whenever something is due.
 */
public final class CloudflareOutbox implements AutoCloseable {

    private final OutboxRun run;
    private final Entries entries;
    private final OutboxThread thread;

    CloudflareOutbox(Entries entries, OutboxRun run) {
        this.entries = entries;
        this.run = run;
        this.thread = new OutboxThread(run);
    }

    /**
     * Returns a builder.
     *
     * @param folder where it keeps what is wanted; made if it is not there
     * @param instance the name of this installation in the marks of its records, 1 to 24 letters, digits, underscores and hyphens. Whoever has the same name in
     *     the same account takes the other's records for its own.
     */
    public static CloudflareOutboxBuilder builder(Path folder, String instance) {
        return new CloudflareOutboxBuilder(folder, instance);
    }

    /**
     * Notes what a document wants, for all of its bindings, and for those that it no longer has. Asks nobody; a revision below the newest one is passed over.
     *
     * @param revision of the document, which goes up
     */
    public void want(long revision, ProxyDocument document) {
        for (var binding : document.cloudflare()) {
            run.want(Wish.of(revision, document, binding.id()));
        }
        run.end(revision, document);
        thread.wake();
    }

    /** Returns how far each binding is. Asks nobody. */
    public List<CloudflareStatus> states() {
        return entries.states();
    }

    /**
     * Returns what there is to do for a binding, or what others have changed. Writes nothing.
     *
     * @throws CloudflareException if Cloudflare does not answer, or refuses
     */
    public CloudflarePlan plan(String binding) {
        return run.plan(requireNonNull(binding, "binding"), SyncOptions.USUAL);
    }

    /**
     * Returns what there would be to do if a document were wanted. Writes nothing, notes nothing.
     *
     * @throws CloudflareException if Cloudflare does not answer, or refuses
     */
    public CloudflarePlan plan(ProxyDocument document, String binding) {
        return run.plan(Wish.of(0, document, binding), SyncOptions.USUAL);
    }

    /**
     * Does all there is to do for a binding, now, whatever its state is. How it went is in the state that is returned; a failure that may pass is tried again
     * later.
     */
    public CloudflareStatus sync(String binding, SyncOptions options) {
        return run.now(requireNonNull(binding, "binding"), options);
    }

    /**
     * Does what a plan lists that somebody has looked at. Everything is read again first; what has changed since is left as it is, and said.
     *
     * @throws dev.rookery.api.ConflictException if the tunnel's configuration or the wanted revision has changed since
     */
    public CloudflareStatus apply(CloudflarePlan plan) {
        return run.now(requireNonNull(plan, "plan"), SyncOptions.USUAL);
    }

    /**
     * Takes back what was written for the revision that is wanted: rules, records and the tunnel are again as they were before, as far as nobody else has changed
     * them since; the report says what was left. What cannot be done at the moment is tried again, also by the next program. Afterwards the state is {@link
     * CloudflareStatus.State#UNDONE} until something else is wanted, or the same on request.
     */
    public CloudflareStatus undo(String binding) {
        return run.undo(requireNonNull(binding, "binding"));
    }

    /** Does what is due, on the caller's thread; returns when to come back, empty if nothing is planned. */
    public Optional<Instant> runDue() {
        return run.due();
    }

    /** Starts a thread that does what is due. */
    public void start() {
        thread.start();
    }

    /** Stops the thread; what it is doing is left where it is, and finished another time. */
    @Override
    public void close() {
        thread.close();
    }
}
