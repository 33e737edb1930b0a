package dev.rookery.api;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a peer, the container engine or a disk cannot serve the call now; a later try may succeed. A subclass tells who it is, where
 * that makes a difference: {@link dev.rookery.api.spi.EngineUnavailableException}.
 */
public class UnavailableException extends RookeryException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong and what was expected
     */
    public UnavailableException(String message) {
        this(message, null, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     */
    public UnavailableException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /**
     * Creates the exception from a peer's answer.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     * @param answer what the peer answered, if one did
     */
    public UnavailableException(String message, @Nullable Throwable cause, @Nullable RemoteAnswer answer) {
        super(message, cause, answer);
    }

    @Override
    public final boolean retryable() {
        return true;
    }
}
