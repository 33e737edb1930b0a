package dev.rookery.daemon.internal.archive;

import dev.rookery.api.ConflictException;
import dev.rookery.api.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many archives are looked into at a time, each of which costs a thread and the memory of a decoder; one server cannot take all
 * places. Thread-safe; no lock is held while an archive is read.
 */
final class ReadingPlaces {

    private final int all;
    private final int each;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();

    // Both belong to the lock.
    private final Map<Path, Integer> taken = new HashMap<>();
    private int total;

    /**
     * Creates it.
     *
     * @param all how many places there are
     * @param each how many of them one server may have
     * @param patience how long somebody waits for one
     */
    ReadingPlaces(int all, int each, Duration patience) {
        this.all = all;
        this.each = each;
        this.patience = patience;
    }

    /**
     * Takes a place.
     *
     * @param server whose archive is read
     * @throws ConflictException if none becomes free
     */
    Place take(Path server) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (total >= all || taken.getOrDefault(server, 0) >= each) {
                if (nanos <= 0) {
                    throw new ConflictException("too many archives are being looked into (expected: at most " + each
                            + " of a server and " + all + " of a node at a time; try again)");
                }
                nanos = left.awaitNanos(nanos);
            }
            total++;
            taken.merge(server, 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for a place to look into an archive", e);
        } finally {
            lock.unlock();
        }
        return new Place(server);
    }

    private void leave(Path server) {
        lock.lock();
        try {
            total--;
            taken.computeIfPresent(server, (key, count) -> count > 1 ? count - 1 : null);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A place that was taken; free again when it is closed, once. */
    final class Place implements AutoCloseable {

        private final Path server;
        private boolean gone;

        private Place(Path server) {
            this.server = server;
        }

        @Override
        public synchronized void close() {
            if (!gone) {
                gone = true;
                leave(server);
            }
        }
    }
}
