package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An archive is none, is damaged, or is more than is trusted. The message says which entry and which limit. */
final class ArchiveRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    ArchiveRefusedException(String message) {
        super(message);
    }

    ArchiveRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
