package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.internal.file.FileListing;
import dev.rookery.daemon.internal.file.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is open on one channel, within a bound of its own, one of its user's and one of the node's. Used by one thread. */
final class Handles implements Closeable {

    /** How many there may be. */
    static final int MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Handles.class);

    private final ChannelShare share;
    private final Map<Integer, Closeable> open = new HashMap<>();
    private int last;

    /**
     * Creates it.
     *
     * @param share what the channel has of its user's part
     */
    Handles(ChannelShare share) {
        this.share = share;
    }

    /**
     * Opens something.
     *
     * @throws IOException if too much is open already
     */
    byte[] add(Opening opening) throws IOException {
        if (open.size() >= MAX || !share.openFile()) {
            throw new IOException("too many open files (expected: at most " + MAX
                    + " on one channel, and not too many on all of yours, or of all users)");
        }
        boolean added = false;
        try {
            open.put(++last, opening.open());
            added = true;
        } finally {
            if (!added) {
                share.closeFile();
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
        try {
            found.close();
        } finally {
            share.closeFile();
        }
    }

    /** Closes whatever is still open. */
    @Override
    public void close() {
        for (var left : open.values()) {
            try {
                left.close();
            } catch (IOException e) {
                LOG.debug("a file that a client had left open could not be closed", e);
            } finally {
                share.closeFile();
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
