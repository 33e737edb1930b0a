package dev.rookery.api;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.node.Capability;
import org.jspecify.annotations.Nullable;

/** Thrown when this peer does not have the call at all: ask {@code capabilities()} first, or do without. */
public final class NotOfferedException extends RookeryException {

    private static final long serialVersionUID = 1L;

    private final transient Capability capability;

    /**
     * Creates the exception.
     *
     * @param capability what would be needed
     */
    public NotOfferedException(Capability capability) {
        this("this peer does not offer '" + capability + "'", capability, null, null);
    }

    /**
     * Creates the exception from a peer's answer.
     *
     * @param message what was asked
     * @param capability what would be needed
     * @param cause the reason, if another exception is one
     * @param answer what the peer answered, if one did
     */
    public NotOfferedException(
            String message, Capability capability, @Nullable Throwable cause, @Nullable RemoteAnswer answer) {
        super(message, cause, answer);
        this.capability = requireNonNull(capability, "capability");
    }

    /** Returns what would be needed. */
    public Capability capability() {
        return capability;
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
