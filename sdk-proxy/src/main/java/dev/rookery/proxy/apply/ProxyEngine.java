package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import dev.rookery.api.InvalidInputException;
import dev.rookery.proxy.EngineFeatures;
import dev.rookery.proxy.Finding;
import dev.rookery.proxy.route.ProxyDocument;
import java.util.List;

/**
 * A program that passes requests on, one that runs somewhere, such as a Caddy with its administration. It is driven in this order: {@link
 * #candidate}, {@link #validate}, {@link #running}, {@link #apply}, {@link #prove}, and then {@link #keep}, or {@link #restore} if any of it fails.
 *
 * <p>Every call but {@link #candidate} may block, has a limit of time of its own, and throws {@link EngineException} for what went wrong; its message
 * is for people and holds no secret. One caller at a time applies, proves, keeps and restores: whoever drives the engine holds its lock. The other
 * calls are thread-safe. A process may die between any two calls; the next one starts at {@link #running}.
 */
@Incubating
public interface ProxyEngine extends AutoCloseable {

    /** Returns which of all engines this is, for good: locks and what was applied are kept under this name. Letters, digits and hyphens. */
    String name();

    /** Returns what the program can do, as it says itself. */
    EngineFeatures features();

    /**
     * Returns whether files that a document names are on this machine under the same paths, such as certificates: they are looked into before a change
     * then. By default nothing is known of them.
     */
    default boolean sharesFiles() {
        return false;
    }

    /**
     * Makes what the program would run. As long as the program and what is beside it on its machine stay as they are, such as which certificates were
     * issued, the same document and revision give the same candidate. Nothing is changed, and nobody is asked over a network.
     *
     * @param revision is answered to probes; two candidates of one document differ in it only
     * @throws InvalidInputException if the document has an error; the message is the first one
     */
    Candidate candidate(ProxyDocument document, long revision);

    /**
     * Has the real program check a candidate; what runs is not touched.
     *
     * @return what it said; the candidate cannot be applied if one is an {@linkplain Finding#error() error}
     * @throws EngineException {@link EngineException.Problem#UNAVAILABLE} if the program cannot be asked
     */
    List<Finding> validate(Candidate candidate);

    /**
     * Returns what runs now, as the program itself says.
     *
     * @throws EngineException {@link EngineException.Problem#UNAVAILABLE} if it does not run or does not answer
     */
    Running running();

    /**
     * Makes a candidate run, if what runs is still what was seen.
     *
     * @param seen as {@link #running} returned it
     * @throws EngineException {@link EngineException.Problem#CHANGED} if something else runs meanwhile, {@link EngineException.Problem#UNAVAILABLE} if the
     *     program could not be asked: nothing was changed then. {@link EngineException.Problem#REFUSED} if the program does not take it, {@link
     *     EngineException.Problem#UNKNOWN} if it is not known what it took: {@link #restore} has to follow
     */
    void apply(Candidate candidate, Running seen);

    /**
     * Looks from outside whether a candidate runs: the program says that it has it, fresh connections to each listener are answered by its
     * revision, and requests reach the upstreams.
     *
     * @throws EngineException {@link EngineException.Problem#UNAVAILABLE} if the program cannot be asked
     */
    Proof prove(Candidate candidate);

    /** Makes a proven candidate what the program starts with. Repeating has no effect. */
    void keep(Candidate candidate);

    /**
     * Makes run again what ran before, whatever runs now, and heals what a failed start left behind, such as listeners that go on with what was
     * refused. Repeating has no effect.
     *
     * @param before as {@link #running} returned it before anything was applied
     * @throws EngineException if that failed, too; what runs is not known then
     */
    void restore(Running before);

    /** Lets go of what was opened to talk to the program; the program itself goes on. */
    @Override
    default void close() {}
}
