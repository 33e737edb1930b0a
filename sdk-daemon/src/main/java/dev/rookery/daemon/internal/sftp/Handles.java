package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.internal.file.FileListing;
import dev.rookery.daemon.internal.file.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one client has open, within a bound of its own and one of the node's. Used by one thread. */
final class Handles implements Closeable {

    /** How many a client may have. */
    static final int MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Handles.class);

    private final Semaphore budget;
    private final Map<Integer, Closeable> open = new HashMap<>();
    private int last;

    /**
     * Creates it.
     *
     * @param budget how many all clients of the node may have
     */
    Handles(Semaphore budget) {
        this.budget = budget;
    }

    /**
     * Opens something.
     *
     * @throws IOException if too much is open already
     */
    byte[] add(Opening opening) throws IOException {
        if (open.size() >= MAX || !budget.tryAcquire()) {
            throw new IOException("too many open files (expected: at most " + MAX + ", and not too many of others)");
        }
        boolean added = false;
        try {
            open.put(++last, opening.open());
            added = true;
        } finally {
            if (!added) {
                budget.release();
            }
        }
        return ByteBuffer.allocate(Integer.BYTES).putInt(last).array();
    }

    OpenFile file(byte[] handle) throws IOException {
        if (get(handle) instanceof OpenFile file) {
            return file;
        }
        throw new IOException("no handle of a file");
    }

    FileListing directory(byte[] handle) throws IOException {
        if (get(handle) instanceof FileListing listing) {
            return listing;
        }
        throw new IOException("no handle of a directory");
    }

    private Closeable get(byte[] handle) throws IOException {
        var found = handle.length == Integer.BYTES
                ? open.get(ByteBuffer.wrap(handle).getInt())
                : null;
        if (found == null) {
            throw new IOException("no such handle");
        }
        return found;
    }

    void close(byte[] handle) throws IOException {
        var found = get(handle);
        open.remove(ByteBuffer.wrap(handle).getInt());
        budget.release();
        found.close();
    }

    /** Closes whatever is still open. */
    @Override
    public void close() {
        for (var left : open.values()) {
            budget.release();
            try {
                left.close();
            } catch (IOException e) {
                LOG.debug("a file that a client had left open could not be closed", e);
            }
        }
        open.clear();
    }

    /** Opens something. */
    @FunctionalInterface
    interface Opening {
        Closeable open() throws IOException;
    }
}
