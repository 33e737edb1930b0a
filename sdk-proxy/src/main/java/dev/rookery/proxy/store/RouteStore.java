package dev.rookery.proxy.store;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.route.ProxyDocument;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Holds the one document that is the truth, and what it was before. A change says which revision it was made from and is refused if another one came
 * first, in this process or any other: no update is ever lost. What is returned is durable. Thread-safe; all calls may block.
 *
 * <p>Everything throws {@link StoreException}: {@link StoreException.Problem#BROKEN} if what is kept cannot be read, which no call repairs by itself.
 */
@Incubating
public interface RouteStore extends AutoCloseable {

    /** Returns the newest revision, {@link Revision#NONE} if nothing was ever saved. */
    Revision head();

    /** Returns a revision; empty if there is none, or not any more. */
    Optional<Revision> find(long number);

    /**
     * Lists revisions, the newest first, without their documents.
     *
     * @param before only those with a smaller number; {@link Long#MAX_VALUE} for all
     * @param limit at most so many, at least 1
     */
    List<RevisionHeader> history(long before, int limit);

    /**
     * Saves a document as the next revision. It is not looked into.
     *
     * @param etag of the revision that the document was made from
     * @return the new head
     * @throws StoreException {@link StoreException.Problem#STALE} if that is not the head any more
     */
    Revision commit(String etag, ProxyDocument document, ChangeNote note);

    /** Returns how far something behind the store has come, such as an engine; empty if nobody ever said. */
    Optional<StageState> stage(String name);

    /** Keeps how far something behind the store has come, in place of what was kept under the same name. */
    void keep(StageState state);

    /**
     * Waits for something that only one of all processes may do at a time, such as changing an engine. Commits do not wait for it. A process that ends
     * gives back what it has.
     *
     * @param name what it is; letters, digits and hyphens
     * @param limit how long to wait
     * @throws StoreException {@link StoreException.Problem#LOCKED} if somebody else has it all the time; the message says who
     * @throws InvalidInputException if the name cannot be one
     */
    StoreLock lock(String name, Duration limit);

    /** Lets go of what was opened. */
    @Override
    void close();
}
