package dev.rookery.daemon.internal.archive;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all archives of the node may take together while they are compressed and decompressed. Who finds too little left waits, in the
 * order in which they came. Thread-safe.
 */
final class WorkMemory {

    private static final long LOOK_MILLIS = 100;

    private final long allBytes;
    private final Deque<Long> waiting = new ArrayDeque<>();
    private long freeBytes;
    private long came;

    WorkMemory(long bytes) {
        this.allBytes = bytes;
        this.freeBytes = bytes;
    }

    /** Returns how much there is for one alone. */
    long allBytes() {
        return allBytes;
    }

    /**
     * Takes memory, when it is free.
     *
     * @param cancel ends the wait
     * @return to be closed when it is not needed any more; repeating that has no effect
     * @throws ArchiveRefusedException if it is more than there is for all
     */
    Claim claim(long bytes, CancelSignal cancel) throws IOException {
        if (bytes > allBytes) {
            throw tooMuch(null);
        }
        synchronized (this) {
            long place = came++;
            waiting.add(place);
            try {
                while (waiting.element() != place || bytes > freeBytes) {
                    if (cancel.cancelled()) {
                        throw new EndedException();
                    }
                    TimeUnit.MILLISECONDS.timedWait(this, LOOK_MILLIS);
                }
                freeBytes -= bytes;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } finally {
                waiting.remove(place);
                notifyAll();
            }
        }
        return new Claim(bytes);
    }

    static ArchiveRefusedException tooMuch(@Nullable Throwable cause) {
        return new ArchiveRefusedException("archive: wants more memory than is allowed", cause);
    }

    private synchronized void giveBack(long bytes) {
        freeBytes += bytes;
        notifyAll();
    }

    /** Memory that was taken. Thread-safe. */
    final class Claim implements AutoCloseable {

        private long bytes;

        private Claim(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void close() {
            long now;
            synchronized (this) {
                now = bytes;
                bytes = 0;
            }
            giveBack(now);
        }
    }
}
