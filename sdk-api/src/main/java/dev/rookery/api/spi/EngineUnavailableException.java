package dev.rookery.api.spi;

import dev.rookery.api.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link ServerEnvironment} when what runs its processes cannot be reached, or went away during the call: nothing is known of
 * what the call did. It says nothing about the process, the image or a registry; {@link EnvironmentListener#back} tells when a new try
 * makes sense.
 */
public final class EngineUnavailableException extends UnavailableException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception with its cause.
     *
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     */
    public EngineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
