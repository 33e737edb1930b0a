package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.Path;

/** What the kernel counts and limits of a server's files by itself. Thread-safe. */
public interface TreeQuota {

    /**
     * Returns what they take now.
     *
     * @throws IOException if the kernel does not count all of them yet, or does not say
     */
    long usedBytes() throws IOException;

    /** Returns what they took when that was known last. */
    long lastBytes();

    /** Returns whether the kernel counts all of them. */
    boolean ready();

    /** Makes the kernel count what is about to be moved to them, or was just made for them. */
    void adopt(Path path) throws IOException;
}
