package dev.rookery.proxy.apply;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.api.RookeryException;
import org.jspecify.annotations.Nullable;

/** Thrown when an engine did not do what it was asked for. */
@Incubating
public final class EngineException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /**
     * Creates the exception.
     *
     * @param problem what it means
     * @param message what was given, what the engine said and what was expected; no secret is in it
     * @param cause the reason, if another exception is one
     */
    public EngineException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause, null);
        this.problem = requireNonNull(problem, "problem");
    }

    /** Creates the exception without another one as its reason. */
    public EngineException(Problem problem, String message) {
        this(problem, message, null);
    }

    /** Returns what it means. */
    public Problem problem() {
        return problem;
    }

    @Override
    public boolean retryable() {
        return problem != Problem.REFUSED;
    }

    /** What it means that an engine did not do it. */
    public enum Problem {
        /** It does not take the candidate. */
        REFUSED,
        /** Somebody else changed what runs. Nothing was changed by us. */
        CHANGED,
        /** It cannot be asked. Nothing was changed by us. */
        UNAVAILABLE,
        /** It was asked, but what it did is not known. */
        UNKNOWN
    }
}
