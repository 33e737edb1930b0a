package dev.rookery.daemon.internal.file;

import java.util.function.LongSupplier;

/**
 * What a server's files take of the disk, and may take. Whoever writes claims the bytes first, so that writers beside each other never get
 * more than is left; what the server writes by itself is found out by a {@link Count} of its files. Thread-safe.
 */
public final class DiskSpace {

    private final LongSupplier limitBytes;
    private long usedBytes;
    private long claimedBytes;
    /** What was written since the running count began, which may or may not have seen it. */
    private long addedBytes;

    private boolean known;

    /**
     * Creates it.
     *
     * @param limitBytes how much may be taken now; 0 is without a limit
     */
    public DiskSpace(LongSupplier limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Returns the space of files that nobody limits. */
    public static DiskSpace unlimited() {
        return new DiskSpace(() -> 0);
    }

    /** Returns the bytes in use, as far as they are known. */
    public synchronized long usedBytes() {
        return usedBytes;
    }

    /** Returns whether the files were ever counted. */
    public synchronized boolean known() {
        return known;
    }

    /** Returns how much may still be written; {@link Long#MAX_VALUE} without a limit. */
    public synchronized long freeBytes() {
        long limit = limitBytes.getAsLong();
        return limit <= 0 ? Long.MAX_VALUE : Math.max(0, limit - usedBytes - claimedBytes);
    }

    /**
     * Claims bytes that are about to be written.
     *
     * @return to be closed when they are written, or will not be
     * @throws NoDiskSpaceException if so much is not left
     */
    public Claim claim(long bytes) throws NoDiskSpaceException {
        var claim = new Claim();
        claim.grow(bytes);
        return claim;
    }

    /**
     * Claims bytes that were claimed before the node ended, whether they are free by now or not.
     *
     * @return to be closed when they are written, or will not be
     */
    public Claim claimAgain(long bytes) {
        var claim = new Claim();
        synchronized (this) {
            claimedBytes += bytes;
        }
        claim.bytes = bytes;
        return claim;
    }

    /** Takes note of files that are gone. */
    public synchronized void freed(long bytes) {
        usedBytes = Math.max(0, usedBytes - bytes);
    }

    /** Begins to count the files anew; one count at a time. */
    public synchronized Count count() {
        addedBytes = 0;
        return new Count();
    }

    private synchronized void take(long bytes) throws NoDiskSpaceException {
        long free = freeBytes();
        if (bytes > free) {
            throw new NoDiskSpaceException(bytes, free);
        }
        claimedBytes += bytes;
    }

    private synchronized void settle(long claimed, long change) {
        claimedBytes -= claimed;
        usedBytes = Math.max(0, usedBytes + change);
        addedBytes += Math.max(0, change);
    }

    /** Bytes that one writer may write. Used by one thread at a time. */
    public final class Claim implements AutoCloseable {

        private long bytes;
        private long writtenBytes;

        private Claim() {}

        /**
         * Claims more.
         *
         * @throws NoDiskSpaceException if so much is not left; what was claimed before stays so
         */
        public void grow(long more) throws NoDiskSpaceException {
            take(more);
            bytes += more;
        }

        /** Returns what is claimed. */
        public long bytes() {
            return bytes;
        }

        /** Says that so many of the claimed bytes are on the disk now, while more are to come. */
        public void spent(long count) {
            settle(count, count);
            bytes -= count;
        }

        /**
         * Says what has become of it: the files take so much more than before.
         *
         * @param change negative if they take less, as when a file replaced a larger one
         */
        public void written(long change) {
            writtenBytes += change;
        }

        /** Gives back what was not written. */
        @Override
        public void close() {
            settle(bytes, writtenBytes);
            bytes = 0;
            writtenBytes = 0;
        }
    }

    /** A count of the files. Used by one thread. */
    public final class Count {

        private Count() {}

        /** Takes the result. What was written meanwhile counts in any case: rather twice than not at all, until the next count. */
        public void done(long bytes) {
            synchronized (DiskSpace.this) {
                usedBytes = bytes + addedBytes;
                known = true;
            }
        }
    }
}
