package dev.rookery.api.command;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.DeniedException;
import org.jspecify.annotations.Nullable;

/** Thrown when a node shall not do a command. */
public final class CommandRefusedException extends DeniedException {

    private static final long serialVersionUID = 1L;

    private final CommandRefusal reason;

    /**
     * Creates the exception.
     *
     * @param reason why
     * @param message what was wrong and what was expected
     * @param cause the reason, if another exception is one
     */
    public CommandRefusedException(CommandRefusal reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    CommandRefusedException(CommandRefusal reason, String message) {
        this(reason, message, null);
    }

    /** Returns why. */
    public CommandRefusal reason() {
        return reason;
    }

    @Override
    public boolean retryable() {
        return reason == CommandRefusal.OVERLOADED;
    }
}
