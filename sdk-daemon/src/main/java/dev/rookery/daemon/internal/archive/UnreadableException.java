package dev.rookery.daemon.internal.archive;

import java.io.IOException;

/** The disk does not give an archive's bytes: nothing is known of the archive by that. */
final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1;

    UnreadableException(IOException cause) {
        super("the archive cannot be read from the disk: " + cause.getMessage(), cause);
    }
}
