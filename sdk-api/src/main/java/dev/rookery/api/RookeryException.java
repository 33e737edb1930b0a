package dev.rookery.api;

import dev.rookery.api.dialect.Dialect;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything the two ports throw. Subclasses tell what a caller can do about it; the message says what was given and what
 * was expected, and never contains a secret.
 */
public abstract class RookeryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable RemoteAnswer answer;

    /**
     * Creates the exception.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     * @param answer what a remote peer answered, if one did
     */
    protected RookeryException(String message, @Nullable Throwable cause, @Nullable RemoteAnswer answer) {
        super(message, cause);
        this.answer = answer;
    }

    /** Returns whether the same call may succeed later without any change. */
    public abstract boolean retryable();

    /** Returns what the remote peer answered; empty if the failure arose on this side. */
    public Optional<RemoteAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    /**
     * What a peer answered over HTTP.
     *
     * @param endpoint method and path template, such as {@code POST /api/servers}
     * @param status the HTTP status
     * @param requestId the peer's id for the request, empty if it gave none
     * @param dialect what the peer speaks, empty if that is not known or does not matter
     */
    public record RemoteAnswer(String endpoint, int status, Optional<String> requestId, Optional<Dialect> dialect) {

        /** Creates the answer of a peer whose dialect does not matter. */
        public RemoteAnswer(String endpoint, int status, Optional<String> requestId) {
            this(endpoint, status, requestId, Optional.empty());
        }
    }
}
