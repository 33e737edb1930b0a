package dev.rookery.daemon.internal.file;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CancelSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the servers of a node take of the disk: one after another, on one thread, which takes no more than a share of the time unless
 * somebody waits. A disk that does not answer holds up its own server only: {@link #look} gives its thread up and goes on with another, and
 * the server is left alone until the thread is back. Thread-safe.
 */
public final class DiskScanner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskScanner.class);
    private static final Duration STUCK = Duration.ofMinutes(1);
    /** What was asked for stays asked for, this long after the last request. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final int sharePercent;
    private final Duration stuck;
    private final ThreadFactory threads;
    private final CancelSignal closed = CancelSignal.create();
    private final Object lock = new Object();
    /** Those that wait, and those that are counted, by directory; in the order of their requests. */
    private final Map<Path, Scan> scans = new LinkedHashMap<>();

    private @Nullable Worker worker;

    /**
     * Creates it.
     *
     * @param sharePercent how much of the time counting may take, 1 to 100
     */
    public DiskScanner(int sharePercent, ThreadFactory threads) {
        this(sharePercent, STUCK, threads);
    }

    DiskScanner(int sharePercent, Duration stuck, ThreadFactory threads) {
        this.sharePercent = sharePercent;
        this.stuck = stuck;
        this.threads = threads;
    }

    /**
     * Asks for a count. If one was asked for already and has not begun, that is it.
     *
     * @param directory the server's files; if there are none, nothing is counted
     * @param urgent whether somebody waits for it
     * @return completes when they were counted, with false if they could not be; on the thread that counts
     */
    public CompletableFuture<Boolean> request(Path directory, DiskSpace space, boolean urgent) {
        synchronized (lock) {
            if (closed.cancelled()) {
                return CompletableFuture.completedFuture(false);
            }
            var present = scans.get(directory);
            if (present == null) {
                present = new Scan(directory, space);
                scans.put(directory, present);
            } else if (present.begun && present.again == null) {
                // What is written now the one that runs may have passed already.
                present.again = new Scan(directory, space);
            }
            var asked = present.again == null ? present : present.again;
            if (urgent) {
                present.urgent = true;
                asked.urgent = true;
            }
            if (worker == null) {
                begin();
            }
            lock.notifyAll();
            return asked.done;
        }
    }

    /** Looks whether the thread gets on, and replaces it if it does not; to be called from time to time. */
    public void look() {
        synchronized (lock) {
            var present = worker;
            if (present != null && present.stuck()) {
                LOG.warn("the disk of {} has not answered for {} s", present.scanning(), stuck.toSeconds());
                present.abandon();
                begin();
            }
        }
    }

    private void begin() {
        var next = new Worker();
        worker = next;
        threads.newThread(next).start();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed.cancel();
            scans.values().forEach(Scan::fail);
            lock.notifyAll();
        }
    }

    /** A count that was asked for. */
    private final class Scan {

        private final Path directory;
        private final DiskSpace space;
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private volatile boolean urgent;
        private boolean begun;
        private @Nullable Scan again;
        private final Pace pace = new Pace(sharePercent, () -> urgent);

        private Scan(Path directory, DiskSpace space) {
            this.directory = directory;
            this.space = space;
        }

        private void fail() {
            done.complete(false);
            if (again != null) {
                again.done.complete(false);
            }
        }

        private boolean count() {
            try {
                // Nothing was written yet, and who writes creates it: what there is then is not known now.
                return !Files.isDirectory(directory) || new DiskScan(pace, closed).run(directory, space);
            } catch (IOException | RuntimeException | Error e) {
                // Whatever it is, the other servers' files are counted.
                LOG.warn("the files in {} cannot be counted: {}", directory, e.toString());
                LOG.debug("{}: its files cannot be counted", directory, e);
                space.notCounted();
                return false;
            }
        }
    }

    /** The thread that counts, until it is given up. */
    private final class Worker implements Runnable {

        private @Nullable Scan current;
        private boolean abandoned;

        @Override
        public void run() {
            for (var scan = next(); scan != null; scan = next()) {
                boolean counted = false;
                try {
                    counted = scan.count();
                } finally {
                    ended(scan);
                    scan.done.complete(counted);
                }
            }
        }

        private void ended(Scan scan) {
            synchronized (lock) {
                current = null;
                scans.remove(scan.directory);
                if (scan.again != null && !closed.cancelled()) {
                    scans.put(scan.directory, scan.again);
                }
            }
        }

        private @Nullable Scan next() {
            synchronized (lock) {
                while (!abandoned && !closed.cancelled()) {
                    var found = choose();
                    if (found != null) {
                        found.begun = true;
                        found.pace.begin();
                        current = found;
                        return found;
                    }
                    try {
                        lock.wait(IDLE.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        break;
                    }
                    if (choose() == null) {
                        break;
                    }
                }
                if (worker == this) {
                    worker = null;
                }
                return null;
            }
        }

        private @Nullable Scan choose() {
            Scan first = null;
            for (var scan : scans.values()) {
                if (!scan.begun && scan.urgent) {
                    return scan;
                }
                if (!scan.begun && first == null) {
                    first = scan;
                }
            }
            return first;
        }

        private boolean stuck() {
            return current != null && current.pace.idleNanos() > stuck.toNanos();
        }

        private Path scanning() {
            return requireNonNull(current, "current").directory;
        }

        private void abandon() {
            abandoned = true;
        }
    }
}
