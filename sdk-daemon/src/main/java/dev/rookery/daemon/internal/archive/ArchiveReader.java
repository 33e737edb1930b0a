package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads an archive from its first entry to its last. Used by one thread; to be closed. */
interface ArchiveReader extends AutoCloseable {

    /**
     * Goes to the next entry.
     *
     * @return null at the end
     * @throws IOException if the archive is damaged
     */
    @Nullable
    Entry next() throws IOException;

    /** Returns the content of the present entry, a file; valid until the next one. Not to be closed. */
    InputStream content() throws IOException;

    @Override
    void close() throws IOException;
}
