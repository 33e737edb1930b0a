package dev.rookery.daemon.internal.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The files of a server that are open to be written, or about to lose a name, each by which file it is and not by what it is called. So the
 * bytes of a file are given back once, whoever removes, replaces and shortens it at the same time, and not before the last of those is gone who
 * have it open: until then it takes its space without a name, and no count finds it. Thread-safe.
 */
final class HeldFiles {

    // Guarded by itself, as is what an entry knows.
    private final Map<Key, Entry> entries = new HashMap<>();
    private long namelessBytes;

    /** Returns what is taken by files without a name that are still open. */
    long namelessBytes() {
        synchronized (entries) {
            return namelessBytes;
        }
    }

    /**
     * Takes hold of a file that somebody opens.
     *
     * @param descriptor open for as long as the hold is
     */
    Hold open(int descriptor) throws IOException {
        return hold(descriptor, new FileStatus(), true);
    }

    /**
     * Takes hold of a file that is about to lose a name.
     *
     * @param descriptor open for as long as the hold is
     * @param status is filled
     */
    Hold leaving(int descriptor, FileStatus status) throws IOException {
        return hold(descriptor, status, false);
    }

    private Hold hold(int descriptor, FileStatus status, boolean open) throws IOException {
        synchronized (entries) {
            // Looked at in here: who removed it before has given its bytes back, or is among those who hold it.
            NativeDirectories.status(descriptor, status);
            var key = new Key(status.device(), status.inode());
            var entry = entries.computeIfAbsent(key, missing -> new Entry(key, status.links() == 0));
            entry.holds++;
            if (open && entry.opens++ == 0 && entry.gone) {
                keep(entry, status.sizeBytes());
            }
            return new Hold(entry, descriptor, open, status.regular() ? status.ownBytes() : 0);
        }
    }

    private void keep(Entry entry, long bytes) {
        namelessBytes += bytes - entry.namelessBytes;
        entry.namelessBytes = bytes;
    }

    private record Key(long device, long inode) {}

    private static final class Entry {

        private final Key key;
        /** Held while the file's length or its last name changes, as the kernel has a lock of its own for that; never together with another. */
        private final ReentrantLock changing = new ReentrantLock();

        private int holds;
        private int opens;
        /** Whether its bytes were given back. */
        private boolean gone;

        private long namelessBytes;

        private Entry(Key key, boolean gone) {
            this.key = key;
            this.gone = gone;
        }
    }

    /** A change of one file's length. */
    @FunctionalInterface
    interface Change {
        void run() throws IOException;
    }

    /** A file that is held. To be closed, before its descriptor. Used by one thread at a time. */
    final class Hold implements AutoCloseable {

        private final Entry entry;
        private final int descriptor;
        private final boolean open;
        private final long ownBytes;

        private Hold(Entry entry, int descriptor, boolean open, long ownBytes) {
            this.entry = entry;
            this.descriptor = descriptor;
            this.open = open;
            this.ownBytes = ownBytes;
        }

        /** Changes the file's length while nobody else of the node's does. */
        void alone(Change change) throws IOException {
            entry.changing.lock();
            try {
                change.run();
            } finally {
                entry.changing.unlock();
            }
        }

        /**
         * Says by how much the file has grown or shrunk; to be called {@link #alone}.
         *
         * @return by how much what the server's files take has changed with it: not at all once the file has no name
         */
        long resized(long change) throws IOException {
            synchronized (entries) {
                if (!entry.gone && change < 0 && nameless()) {
                    // The server removed it by itself; what it had is given back by the next count.
                    entry.gone = true;
                    keep(entry, Math.max(0, status().sizeBytes() - change));
                }
                if (!entry.gone) {
                    return change;
                }
                keep(entry, Math.max(0, entry.namelessBytes + change));
                return 0;
            }
        }

        /** Returns the bytes that went with a name that was removed just now: none if the file has another one, or somebody else was faster. */
        long gone(FileStatus status) throws IOException {
            entry.changing.lock();
            try {
                boolean nameless;
                long bytes = ownBytes;
                try {
                    NativeDirectories.status(descriptor, status);
                    nameless = status.links() == 0;
                    bytes = status.regular() ? status.sizeBytes() : 0;
                } catch (NoSuchFileException e) {
                    // Some file systems know nothing of a file without a name.
                    nameless = true;
                }
                return nameless ? leave(bytes) : 0;
            } finally {
                entry.changing.unlock();
            }
        }

        /** Says that the file's last name is not a name of the server's any more; returns the bytes that went with it. */
        long takenAway(FileStatus status) throws IOException {
            entry.changing.lock();
            try {
                NativeDirectories.status(descriptor, status);
                return status.links() <= 1 && status.regular() ? leave(status.sizeBytes()) : 0;
            } finally {
                entry.changing.unlock();
            }
        }

        private long leave(long bytes) {
            synchronized (entries) {
                if (entry.gone) {
                    return 0;
                }
                entry.gone = true;
                if (entry.opens > 0) {
                    keep(entry, bytes);
                }
                return bytes;
            }
        }

        private boolean nameless() throws IOException {
            try {
                return status().links() == 0;
            } catch (NoSuchFileException e) {
                return true;
            }
        }

        private FileStatus status() throws IOException {
            var status = new FileStatus();
            NativeDirectories.status(descriptor, status);
            return status;
        }

        @Override
        public void close() {
            synchronized (entries) {
                if (open && --entry.opens == 0) {
                    keep(entry, 0);
                }
                if (--entry.holds == 0) {
                    entries.remove(entry.key);
                }
            }
        }
    }
}
