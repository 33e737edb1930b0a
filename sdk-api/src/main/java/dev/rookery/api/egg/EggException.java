package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.RookeryException;
import org.jspecify.annotations.Nullable;

/** Thrown when a file is no egg that can be read: whoever gave it has to change it. */
public final class EggException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String path;

    /**
     * Creates the exception.
     *
     * @param reason what kind of fault it is
     * @param path where in the document, such as {@code variables[2].env_variable}; empty for the document as a whole
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     */
    public EggException(Reason reason, String path, String message, @Nullable Throwable cause) {
        super(message, cause, null);
        this.reason = requireNonNull(reason, "reason");
        this.path = requireNonNull(path, "path");
    }

    /** Returns what kind of fault it is. */
    public Reason reason() {
        return reason;
    }

    /** Returns where in the document, empty for the document as a whole. */
    public String path() {
        return path;
    }

    @Override
    public boolean retryable() {
        return false;
    }

    /** What can be wrong with a file. */
    public enum Reason {
        /** It is not JSON. */
        NOT_JSON,
        /** It is JSON, and no egg, or an egg of another format. */
        UNKNOWN_FORMAT,
        /** A member that an egg cannot do without is not there. */
        MISSING_FIELD,
        /** A member is there in a shape that says nothing. */
        WRONG_TYPE,
        /** It is larger, or nested deeper, than the options allow. */
        TOO_LARGE
    }
}
