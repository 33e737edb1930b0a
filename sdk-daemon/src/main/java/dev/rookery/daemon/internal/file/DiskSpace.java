package dev.rookery.daemon.internal.file;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server's files take of the disk, and may take. Whoever writes claims the bytes first, so that writers beside each other never get
 * more than is left; what the server writes by itself is found out by a {@link Count} of its files. A count goes on while others write: what
 * they wrote meanwhile it may or may not have seen, so that afterwards there is a figure that is not too small, by which claims are judged,
 * and one that is not too large, by which a server is judged. Where the kernel counts and limits them by itself, what it says is what is in use, and
 * claims are for what it does not know of yet. Thread-safe.
 */
public final class DiskSpace {

    /** A directory may be moved away while it is looked through; what fails so often in a row fails for another reason. */
    private static final int TRIES = 3;

    /**
     * So much more than the limit is nobody's fault where the kernel keeps it: the node's own edits may always be written, and a new file takes a whole
     * block of the disk.
     */
    private static final long TOLERATED_BYTES = 1 << 20;

    /** XFS gives back what was removed a moment later, from a thread of its own. */
    private static final long GIVEN_BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final LongSupplier limitBytes;
    private final Optional<TreeQuota> quota;
    private final HeldFiles files = new HeldFiles();
    private final SpaceCounter counter;
    /** Below zero for a moment, when a file is removed before its writer has said that it is there. */
    private long usedBytes;

    private long claimedBytes;
    /** Those of the claimed bytes that the kernel counts already. */
    private long arrivedBytes;
    /** By how much {@link #usedBytes} may be too large. */
    private long doubtBytes;
    /** All that was ever added and taken away, from which a count sees what happened while it went on. */
    private long changedBytes;

    private long addedBytes;
    private long countsBegun;
    private long newestCount;
    private long countsEnded;
    private boolean known;
    private boolean tooDeep;
    private int failedCounts;

    /**
     * Creates the space of files that nobody counts: only what is written through this is known.
     *
     * @param limitBytes how much may be taken now; 0 is without a limit
     */
    public DiskSpace(LongSupplier limitBytes) {
        this(limitBytes, () -> null);
    }

    /**
     * Creates it.
     *
     * @param limitBytes how much may be taken now; 0 is without a limit
     * @param counter lets the files be counted soon; the answer completes when they are, or cannot be; null if nobody counts
     */
    public DiskSpace(LongSupplier limitBytes, Supplier<@Nullable CompletableFuture<Boolean>> counter) {
        this(limitBytes, counter, Optional.empty());
    }

    private DiskSpace(
            LongSupplier limitBytes,
            Supplier<@Nullable CompletableFuture<Boolean>> counter,
            Optional<TreeQuota> quota) {
        this.limitBytes = limitBytes;
        this.counter = new SpaceCounter(counter);
        this.quota = quota;
    }

    /**
     * Creates the space of files that the kernel counts.
     *
     * @param limitBytes how much may be taken now; 0 is without a limit
     */
    public static DiskSpace of(LongSupplier limitBytes, TreeQuota quota) {
        return new DiskSpace(limitBytes, () -> null, Optional.of(quota));
    }

    /** Returns the space of files that nobody limits. */
    public static DiskSpace unlimited() {
        return new DiskSpace(() -> 0);
    }

    /** Returns the bytes in use, as far as they are known; rather too many than too few. */
    public synchronized long usedBytes() {
        if (quota.isPresent()) {
            return quota.get().lastBytes();
        }
        return Math.max(0, usedBytes) + files.namelessBytes();
    }

    /** Returns the bytes that are in use for sure; more than the limit if there is no counting them. */
    public synchronized long certainBytes() {
        if (quota.isPresent()) {
            return Math.max(0, quota.get().lastBytes() - TOLERATED_BYTES);
        }
        long certain = Math.max(0, usedBytes - doubtBytes) + files.namelessBytes();
        return tooDeep ? Math.max(certain, limitBytes.getAsLong() + 1) : certain;
    }

    /** Returns whether the files were ever counted. */
    public synchronized boolean known() {
        return quota.map(TreeQuota::ready).orElse(known);
    }

    /** Returns how much may still be written; {@link Long#MAX_VALUE} without a limit. */
    public synchronized long freeBytes() {
        return freeBytes(quota.map(TreeQuota::lastBytes).orElse(0L));
    }

    /** Makes the kernel count what is about to be moved to the files, or was just made for them; without effect if it counts none. */
    void adopt(Path path) throws IOException {
        if (quota.isPresent()) {
            quota.get().adopt(path);
        }
    }

    private long freeBytes(long kernelBytes) {
        long limit = limitBytes.getAsLong();
        if (limit <= 0) {
            return Long.MAX_VALUE;
        }
        if (quota.isPresent()) {
            return Math.max(0, limit - kernelBytes - (claimedBytes - arrivedBytes));
        }
        return tooDeep ? 0 : Math.max(0, limit - usedBytes - claimedBytes - files.namelessBytes());
    }

    /** Returns those that are held by somebody. */
    HeldFiles files() {
        return files;
    }

    /**
     * Claims bytes that are about to be written. If the files were never counted, or seem to leave too little, they are counted first.
     *
     * @return to be closed when they are written, or will not be
     * @throws NoDiskSpaceException if so much is not left
     * @throws IOException if the files are still being counted
     */
    public Claim claim(long bytes) throws IOException {
        return claim(bytes, CancelSignal.create());
    }

    /**
     * Claims bytes that are about to be written.
     *
     * @param cancel ends the wait for a count, also that of later {@link Claim#grow}
     * @throws NoDiskSpaceException if so much is not left
     * @throws IOException if the files are still being counted
     * @see #claim(long)
     */
    public Claim claim(long bytes, CancelSignal cancel) throws IOException {
        var claim = new Claim(cancel);
        claim.grow(bytes);
        return claim;
    }

    /**
     * Begins a change that needs no bytes, such as a removal, or may not fail for want of them.
     *
     * @return to be closed when it is done
     */
    public Claim change() {
        return new Claim(CancelSignal.create());
    }

    /**
     * Claims bytes that were claimed before the node ended, whether they are free by now or not.
     *
     * @return to be closed when they are written, or will not be
     */
    public Claim claimAgain(long bytes) {
        var claim = new Claim(CancelSignal.create());
        synchronized (this) {
            claimedBytes += bytes;
        }
        claim.bytes = bytes;
        return claim;
    }

    private synchronized void changed(long bytes) {
        usedBytes += bytes;
        changedBytes += Math.abs(bytes);
        addedBytes += Math.max(0, bytes);
    }

    /**
     * Lets the files be counted now, and waits for it.
     *
     * @param cancel ends the wait
     * @throws IOException if it takes too long
     */
    public void recount(CancelSignal cancel) throws IOException {
        counter.now(cancel);
    }

    /** Begins to count the files anew. */
    public synchronized Count count() {
        return new Count(++countsBegun, addedBytes, changedBytes);
    }

    /** Takes note of a count that came to no result. */
    synchronized void notCounted() {
        failedCounts++;
    }

    private void take(long bytes, CancelSignal cancel) throws IOException {
        if (!limited()) {
            tryTake(bytes);
            return;
        }
        requireCounted(cancel);
        if (quota.isPresent()) {
            // Not first within the lock: the server's files may have to be put under their quota before, which takes a
            // while.
            quota.get().usedBytes();
        }
        if (!tryTake(bytes) && !(again(cancel) && tryTake(bytes))) {
            throw new NoDiskSpaceException(bytes, freeBytes());
        }
    }

    private boolean again(CancelSignal cancel) throws IOException {
        if (quota.isEmpty()) {
            return counter.again(cancel);
        }
        LockSupport.parkNanos(GIVEN_BACK_NANOS);
        return true;
    }

    /** Nobody may write who might be over his limit already. */
    private void requireCounted(CancelSignal cancel) throws IOException {
        boolean counted = quota.isPresent() || known();
        for (int tries = 0; !counted && !countsFail() && tries < TRIES; tries++) {
            counted = counter.now(cancel);
        }
        if (countsFail()) {
            counted = counter.again(cancel);
        }
        if (!counted) {
            throw new IOException(
                    "nobody knows how much disk space is left: the server's files cannot be counted (expected: files"
                            + " that the node may read; its log says which it may not)");
        }
    }

    private synchronized boolean countsFail() {
        return failedCounts >= TRIES;
    }

    private boolean limited() {
        return limitBytes.getAsLong() > 0;
    }

    private synchronized boolean tryTake(long bytes) throws IOException {
        // The kernel is asked within the lock: whoever ends a claim meanwhile has made it count his bytes before.
        long kernelBytes = quota.isPresent() && limited() ? quota.get().usedBytes() : 0;
        if (bytes > freeBytes(kernelBytes) || bytes > Long.MAX_VALUE - claimedBytes) {
            return false;
        }
        claimedBytes += bytes;
        return true;
    }

    private synchronized void settle(long claimed, long change, long begun) {
        claimedBytes -= claimed;
        if (begun == countsEnded) {
            changed(change);
            return;
        }
        // A count that ended meanwhile may have seen it already, and one that goes on may have seen it before.
        changed(Math.max(0, change));
        changedBytes += Math.max(0, -change);
        doubtBytes += Math.abs(change);
    }

    private synchronized long ended() {
        return countsEnded;
    }

    /** Bytes that one writer may write. Used by one thread at a time. */
    public final class Claim implements AutoCloseable {

        private final CancelSignal cancel;
        private long begun = ended();
        private long bytes;
        private long arrived;
        private long writtenBytes;

        private Claim(CancelSignal cancel) {
            this.cancel = cancel;
        }

        /**
         * Claims more.
         *
         * @throws NoDiskSpaceException if so much is not left; what was claimed before stays so
         * @throws IOException if the files are still being counted
         */
        public void grow(long more) throws IOException {
            if (more < 0) {
                throw new IllegalArgumentException("more: " + more + " (expected: >= 0)");
            }
            take(more, cancel);
            bytes += more;
        }

        /**
         * Claims more unless so much is claimed already.
         *
         * @param total how much is needed from the beginning
         * @throws NoDiskSpaceException if so much is not left; what was claimed before stays so
         * @throws IOException if the files are still being counted
         */
        public void reach(long total) throws IOException {
            if (total > bytes) {
                grow(total - bytes);
            }
        }

        /** Returns what is claimed. */
        public long bytes() {
            return bytes;
        }

        /** Says how many of the claimed bytes are among the server's files already, though they may be taken away again. */
        public void arrived(long total) {
            synchronized (DiskSpace.this) {
                arrivedBytes += total - arrived;
            }
            arrived = total;
        }

        /** Says that so many of the claimed bytes are on the disk now, while more are to come. */
        public void spent(long count) {
            settle(count, count, begun);
            bytes -= count;
            begun = ended();
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
            long claimed = bytes;
            long change = writtenBytes;
            bytes = 0;
            writtenBytes = 0;
            arrived(0);
            if (claimed != 0 || change != 0) {
                settle(claimed, change, begun);
            }
        }
    }

    /** A count of the files. Used by one thread. */
    public final class Count {

        private final long number;
        private final long addedBefore;
        private final long changedBefore;

        private Count(long number, long addedBefore, long changedBefore) {
            this.number = number;
            this.addedBefore = addedBefore;
            this.changedBefore = changedBefore;
        }

        /** Takes the result, unless that of a count that began later is there already. */
        public void done(long bytes) {
            done(bytes, false);
        }

        /** Takes a result that is too small, and nobody can say by how much: there are directories too deep to be looked into. */
        void tooDeep(long bytes) {
            done(bytes, true);
        }

        private void done(long bytes, boolean more) {
            synchronized (DiskSpace.this) {
                if (number < newestCount) {
                    return;
                }
                newestCount = number;
                countsEnded++;
                // Rather twice than not at all.
                usedBytes = bytes + addedBytes - addedBefore;
                doubtBytes = changedBytes - changedBefore;
                tooDeep = more;
                failedCounts = 0;
                known = true;
            }
        }
    }
}
