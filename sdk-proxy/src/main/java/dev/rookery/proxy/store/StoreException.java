package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.RookeryException;
import org.jspecify.annotations.Nullable;

/** Thrown when a store did not do what it was asked for. */
@Incubating
public final class StoreException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /**
     * Creates the exception.
     *
     * @param problem what it means
     * @param message what was given and what was expected
     * @param cause the reason, if another exception is one
     */
    public StoreException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause, null);
        this.problem = requireNonNull(problem, "problem");
    }

    /** Creates the exception without another one as its reason. */
    public StoreException(Problem problem, String message) {
        this(problem, message, null);
    }

    /** Returns what it means. */
    public Problem problem() {
        return problem;
    }

    @Override
    public boolean retryable() {
        return problem == Problem.LOCKED || problem == Problem.UNAVAILABLE;
    }

    /** What it means that a store did not do it. */
    public enum Problem {
        /** Somebody else saved first: the change has to be made anew, from the head. */
        STALE,
        /** Somebody else has the lock. */
        LOCKED,
        /** What is kept cannot be read. Nothing was changed. */
        BROKEN,
        /** A newer version wrote it. Nothing was changed. */
        NEWER,
        /** It could not be read or written, such as when a disk is full. Nothing that was saved is lost. */
        UNAVAILABLE
    }
}
