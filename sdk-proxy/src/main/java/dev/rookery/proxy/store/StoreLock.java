package dev.rookery.proxy.store;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.Incubating;
import dev.rookery.proxy.internal.store.FileLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Something that nobody else does meanwhile. Closed by the thread that got it; closing twice has no effect.
 *
 * <p>It is held until it is closed or its process has ended, however long the process stands still: nobody else gets it only because time has passed. A
 * store over a network can lose it all the same, with the connection; such a store refuses to {@linkplain RouteStore#keep keep} a state of the lock's
 * name from who has lost it.
 */
@Incubating
public interface StoreLock extends AutoCloseable {

    /**
     * Takes a lock against all threads and processes of this machine, for stores that are on it.
     *
     * @param file is made if it is not there, and never removed; its directory exists
     * @param limit how long to wait
     * @throws StoreException {@link StoreException.Problem#LOCKED} if somebody else has it all the time; the message says who
     */
    static StoreLock ofFile(Path file, Duration limit) {
        requireNonNull(file, "file");
        try {
            return FileLocks.take(file, limit);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Problem.UNAVAILABLE, file.getFileName() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Gives it back. */
    @Override
    void close();
}
