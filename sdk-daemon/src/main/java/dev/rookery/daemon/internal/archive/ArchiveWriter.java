package dev.rookery.daemon.internal.archive;

import java.io.IOException;
import java.io.InputStream;

/** Writes an archive. Used by one thread; {@link #close} completes it. */
interface ArchiveWriter extends AutoCloseable {

    /** Returns whether one file can have several names. */
    boolean hardLinks();

    /** Returns whether names may be any bytes. */
    boolean anyName();

    /** Writes what has no content of its own: a directory or a link. */
    void entry(Entry entry) throws IOException;

    /**
     * Writes a file.
     *
     * @param map where there is data; the rest of the content is zeros
     * @param content has exactly the length that the entry says
     */
    void file(Entry entry, SparseMap map, InputStream content) throws IOException;

    @Override
    void close() throws IOException;
}
