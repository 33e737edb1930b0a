package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.route.ProxyDocument;

/**
 * Tells a cloud what is routed: the step behind the engine, which never holds up saving or applying. It is for a state, not for changes: called with
 * revision 7 it makes the cloud be as revision 7 says, whatever it had, and called again it changes nothing. Missed revisions are not caught up on.
 *
 * <p>Called by one thread at a time, of the pipeline, and only when an engine runs the revision. May block; has limits of time of its own. A cloud that
 * is away is no exception, but a {@linkplain CloudReport.State#WAITING report}: the pipeline calls again when it says so, and after a restart.
 */
@Incubating
public interface CloudSync extends AutoCloseable {

    /** Returns what {@link #sync} would do. Reads only. */
    CloudReport plan(ProxyDocument document, long revision);

    /**
     * Makes the cloud be as the document says, as far as it is ours and as far as it is time: what was put off until later, or until somebody has done
     * something, stays so.
     */
    CloudReport sync(ProxyDocument document, long revision);

    /** The same because a person asks for it: nothing is put off, and what others have changed is changed back. */
    default CloudReport syncNow(ProxyDocument document, long revision) {
        return sync(document, revision);
    }

    /**
     * Takes back what was done for a revision, as far as that can be done; by default nothing is.
     *
     * @param revision that {@link #sync} was called with last
     */
    default CloudReport undo(long revision) {
        return CloudReport.skipped(revision);
    }

    /** Lets go of what was opened. */
    @Override
    default void close() {}
}
