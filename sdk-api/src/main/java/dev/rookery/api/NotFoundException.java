package dev.rookery.api;

import org.jspecify.annotations.Nullable;

/** Thrown when the thing asked for does not exist, or does not exist for this caller. */
public final class NotFoundException extends RookeryException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong and what was expected
     */
    public NotFoundException(String message) {
        this(message, null, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     */
    public NotFoundException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /**
     * Creates the exception from a peer's answer.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     * @param answer what the peer answered, if one did
     */
    public NotFoundException(String message, @Nullable Throwable cause, @Nullable RemoteAnswer answer) {
        super(message, cause, answer);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
