package dev.rookery.daemon.internal.console;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.daemon.ConsoleLogOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what all servers of a node print to disk, on one thread, some moments after it was printed: who prints never waits for the disk.
 * Keeps the bounds of age and of the whole node. Thread-safe.
 */
public final class HistoryWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);
    /** How long lines are gathered; what a killed daemon may lose. */
    private static final long GATHER_MILLIS = 50;

    private static final long SWEEP_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long CLOSE_MILLIS = 5000;
    private static final int QUERIES = 4;
    private static final long QUERY_WAIT_SECONDS = 5;

    private final Path directory;
    private final ConsoleLogOptions options;
    private final Clock clock;
    private final ClockJumps jumps;
    private final Set<ConsoleHistory> histories = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
    private final Semaphore hurry = new Semaphore(0);
    private final Semaphore queries = new Semaphore(QUERIES, true);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Creates the writer and starts its thread.
     *
     * @param directory has a directory for each server
     * @param name of the thread
     */
    public HistoryWriter(Path directory, ConsoleLogOptions options, Clock clock, String name) {
        this(directory, options, clock, System::nanoTime, name);
    }

    /** For tests: creates a writer with a time of its own that only moves forward. */
    HistoryWriter(Path directory, ConsoleLogOptions options, Clock clock, LongSupplier nanos, String name) {
        this.jumps = new ClockJumps(clock, nanos);
        this.directory = directory;
        this.options = options;
        this.clock = clock;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes up the history of a server; from now on what its log gets is stored. */
    public ConsoleHistory open(ServerId server, ConsoleLog log) {
        var history = new ConsoleHistory(server, this, log, store(server));
        histories.add(history);
        log.onLine(history::changed);
        return history;
    }

    /** Stores what is left and ends, as far as the disk lets it within some seconds. Repeating has no effect. */
    @Override
    public void close() {
        closed = true;
        due.add(() -> {});
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                LOG.warn("the disk of {} does not answer: what was printed last may not be stored", directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells that a history has lines to store. */
    void due(ConsoleHistory history) {
        due.add(history::write);
    }

    /** Returns how many lines of a server are stored without gathering more: as long as all of them are in memory still. */
    int manyLines() {
        return Math.max(1, options.maxLines() / 4);
    }

    /** Stores at once. */
    void hurry() {
        hurry.drainPermits();
        hurry.release();
    }

    void forget(ConsoleHistory history) {
        histories.remove(history);
    }

    long millis() {
        return clock.millis();
    }

    void remove(ServerId server) throws IOException {
        HistoryStore.remove(directory.resolve(server.toString()));
    }

    /** Takes a place among the few queries that are answered at once: each holds a segment in memory. */
    void admit() {
        try {
            if (!queries.tryAcquire(QUERY_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new UnavailableException("the node is answering other questions for consoles; try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        }
    }

    void dismiss() {
        queries.release();
    }

    /** Removes what is too old, and the oldest of all while there is too much. */
    synchronized void sweep() {
        if (jumps.steady()) {
            long oldest = clock.millis() - options.historyAge().toMillis();
            for (var history : histories) {
                history.removeUntil(oldest);
            }
        }
        makeRoom();
    }

    private Optional<HistoryStore> store(ServerId server) {
        if (options.historyBytes() == 0 || options.nodeHistoryBytes() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(HistoryStore.open(directory.resolve(server.toString()), options.historyBytes()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("server {}: its console is not stored, the history cannot be opened: {}", server, e.toString());
            return Optional.empty();
        }
    }

    private void run() {
        long sweepAt = System.nanoTime();
        while (!closed) {
            try {
                if (System.nanoTime() - sweepAt >= 0) {
                    sweep();
                    sweepAt = System.nanoTime() + SWEEP_NANOS;
                }
                var first = due.poll(Math.max(1, sweepAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (first != null && !closed) {
                    boolean hurried = hurry.tryAcquire(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                    LOG.trace("storing, hurried: {}", hurried);
                    due.add(first);
                    writeAll();
                }
            } catch (InterruptedException ignored) {
                // Nobody means this thread: it is ended by close.
            } catch (RuntimeException e) {
                LOG.error("console lines could not be stored", e);
            }
        }
        histories.forEach(history -> attempt(history::close));
        histories.clear();
    }

    private void writeAll() {
        var ready = new ArrayList<Runnable>();
        due.drainTo(ready);
        ready.forEach(HistoryWriter::attempt);
        makeRoom();
    }

    /** One history that fails must not keep the others from being written. */
    private static void attempt(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            LOG.error("the lines of a console could not be stored", e);
        }
    }

    private void makeRoom() {
        while (histories.stream().mapToLong(ConsoleHistory::bytes).sum() > options.nodeHistoryBytes()) {
            var oldest = histories.stream().min(Comparator.comparingLong(ConsoleHistory::oldestMillis));
            if (oldest.isEmpty() || !oldest.get().removeOldest()) {
                return;
            }
        }
    }
}
