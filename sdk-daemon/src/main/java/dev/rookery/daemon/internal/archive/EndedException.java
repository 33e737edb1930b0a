package dev.rookery.daemon.internal.archive;

import java.io.IOException;

/** The work with an archive was cancelled. */
final class EndedException extends IOException {

    private static final long serialVersionUID = 1;

    EndedException() {
        super("cancelled");
    }
}
