package dev.rookery.daemon.internal.file;

import java.io.IOException;

/** Says that a server's files would take more of the disk than they may. */
public final class NoDiskSpaceException extends IOException {

    private static final long serialVersionUID = 1L;

    NoDiskSpaceException(long wantedBytes, long freeBytes) {
        super("not enough disk space: " + wantedBytes + " bytes more (expected: at most " + freeBytes + ")");
    }
}
