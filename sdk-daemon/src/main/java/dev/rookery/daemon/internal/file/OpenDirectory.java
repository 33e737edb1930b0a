package dev.rookery.daemon.internal.file;

import java.nio.file.Path;

/**
 * A directory inside a server's files, whatever its path becomes. To be closed.
 *
 * @param descriptor closed with this
 */
record OpenDirectory(int descriptor) implements AutoCloseable {

    /** Returns a path to it; valid until this is closed. */
    Path path() {
        return NativeFiles.path(descriptor);
    }

    @Override
    public void close() {
        NativeFiles.close(descriptor);
    }
}
