package dev.rookery.daemon.internal.store;

import dev.rookery.api.RookeryException;
import org.jspecify.annotations.Nullable;

/** The daemon's own store failed, for example because the disk is full; nothing was changed. */
public final class StoreException extends RookeryException {

    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause, null);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
