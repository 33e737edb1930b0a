package dev.rookery.api.egg;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.RookeryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when a file is no egg that can be read: whoever gave it has to change it. */
public final class EggException extends RookeryException {

    private static final long serialVersionUID = 2L;

    private final Reason reason;
    private final String path;
    private final transient @Nullable EggPlace place;

    /**
     * Creates the exception.
     *
     * @param reason what kind of fault it is
     * @param path where in the document, such as {@code variables[2].env_variable}; empty for the document as a whole
     * @param place where in the file, if it has a place there
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     */
    public EggException(
            Reason reason, String path, @Nullable EggPlace place, String message, @Nullable Throwable cause) {
        super(message, cause, null);
        this.reason = requireNonNull(reason, "reason");
        this.path = requireNonNull(path, "path");
        this.place = place;
    }

    /** Returns what kind of fault it is. */
    public Reason reason() {
        return reason;
    }

    /** Returns where in the document, empty for the document as a whole. */
    public String path() {
        return path;
    }

    /** Returns where in the file; empty if the fault is the file's size or encoding as a whole. */
    public Optional<EggPlace> place() {
        return Optional.ofNullable(place);
    }

    @Override
    public boolean retryable() {
        return false;
    }

    /** What can be wrong with a file. */
    public enum Reason {
        /** It is neither JSON nor YAML. */
        MALFORMED,
        /** It is JSON or YAML, and no egg, or an egg of another format. */
        UNKNOWN_FORMAT,
        /** A member that an egg cannot do without is not there. */
        MISSING_FIELD,
        /** A member is there in a shape that says nothing. */
        WRONG_TYPE,
        /** It is larger, or nested deeper, than the options allow. */
        TOO_LARGE
    }
}
