package dev.rookery.api;

import org.jspecify.annotations.Nullable;

/** Thrown when the caller is not who it has to be, or lacks the permission. Subclasses say more about why. */
public class DeniedException extends RookeryException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong and what was expected
     */
    public DeniedException(String message) {
        this(message, null, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     */
    public DeniedException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /**
     * Creates the exception from a peer's answer.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     * @param answer what the peer answered, if one did
     */
    public DeniedException(String message, @Nullable Throwable cause, @Nullable RemoteAnswer answer) {
        super(message, cause, answer);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
