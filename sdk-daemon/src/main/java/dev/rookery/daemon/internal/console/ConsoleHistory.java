package dev.rookery.daemon.internal.console;

import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one server has printed, beyond what is in memory. Where the disk could not keep up or refused, numbers are missing. Without a store
 * it knows what is in memory only. Thread-safe.
 */
public final class ConsoleHistory {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleHistory.class);
    private static final int BATCH = 1024;
    private static final long WARN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ServerId server;
    private final HistoryWriter writer;
    private final ConsoleLog log;
    private final Optional<HistoryStore> store;
    private final AtomicBoolean waiting = new AtomicBoolean();
    /** How many lines came since it was written. */
    private final AtomicInteger lines = new AtomicInteger();

    private final Object writing = new Object();
    // Guarded by writing.
    private long position;
    private long warnAt = System.nanoTime();

    ConsoleHistory(ServerId server, HistoryWriter writer, ConsoleLog log, Optional<HistoryStore> store) {
        this.server = server;
        this.writer = writer;
        this.log = log;
        this.store = store;
    }

    /** Returns the greatest number that was stored, 0 if there is none. */
    public long lastNumber() {
        return store.map(HistoryStore::lastNumber).orElse(0L);
    }

    /** Returns the newest stored lines, if they are newer than the given ones; otherwise those. */
    public List<NumberedLine> newest(List<NumberedLine> known, int count) {
        long last = known.isEmpty() ? 0 : known.get(known.size() - 1).number();
        if (lastNumber() <= last) {
            return known;
        }
        var lines = numbered(ConsoleHistoryQuery.builder().limit(count).build());
        // Lines after a hole tell nothing of those before it.
        int from = lines.size() - 1;
        while (from > 0 && lines.get(from - 1).number() == lines.get(from).number() - 1) {
            from--;
        }
        return lines.isEmpty() ? known : List.copyOf(lines.subList(from, lines.size()));
    }

    /** Answers a question for stored lines, those that were printed a moment ago included. May take a second. */
    public ConsoleHistoryPage query(ConsoleHistoryQuery query) {
        writer.admit();
        try {
            return answer(query);
        } catch (IOException e) {
            throw new UnavailableException("the stored console cannot be read: " + e.getMessage(), e);
        } finally {
            writer.dismiss();
        }
    }

    /** Returns the first lines after a number, none if they cannot be read. */
    List<NumberedLine> after(long number, int count) {
        return store.isEmpty()
                ? List.of()
                : numbered(
                        ConsoleHistoryQuery.builder().after(number).limit(count).build());
    }

    /** Removes all, for good. Repeating has no effect. */
    public void delete() throws IOException {
        writer.forget(this);
        if (store.isPresent()) {
            store.get().delete();
        } else {
            // From a time when it was stored.
            writer.remove(server);
        }
    }

    /** Tells that the log has more lines. For the one who prints: does not wait. */
    void changed() {
        if (store.isEmpty()) {
            return;
        }
        if (lines.incrementAndGet() == writer.manyLines()) {
            writer.hurry();
        }
        if (waiting.compareAndSet(false, true)) {
            writer.due(this);
        }
    }

    /** Stores what the log has got since the last time. */
    void write() {
        waiting.set(false);
        lines.set(0);
        if (store.isEmpty()) {
            return;
        }
        synchronized (writing) {
            long end = log.end();
            while (position < end) {
                var batch = log.read(position, BATCH);
                position = batch.next();
                store(batch.entries());
            }
        }
    }

    /** Stores what was printed while nobody listened, in order, before the log has it. */
    void takeBack(List<NumberedLine> lines) {
        if (store.isEmpty()) {
            return;
        }
        long millis = writer.millis();
        synchronized (writing) {
            write();
            for (int from = 0; from < lines.size(); from += BATCH) {
                var batch = lines.subList(from, Math.min(from + BATCH, lines.size())).stream()
                        .map(line -> new HistoryLine(line.number(), millis, line.text()))
                        .toList();
                attempt(() -> store.orElseThrow().append(batch));
            }
        }
    }

    void close() {
        write();
        store.ifPresent(open -> attempt(open::close));
    }

    long bytes() {
        return store.map(HistoryStore::bytes).orElse(0L);
    }

    long oldestMillis() {
        return store.map(HistoryStore::oldestMillis).orElse(Long.MAX_VALUE);
    }

    boolean removeOldest() {
        try {
            return store.isPresent() && store.get().removeOldest();
        } catch (IOException e) {
            warn(e);
            return false;
        }
    }

    void removeUntil(long millis) {
        store.ifPresent(open -> attempt(() -> open.removeUntil(millis)));
    }

    private ConsoleHistoryPage answer(ConsoleHistoryQuery query) throws IOException {
        write();
        var search = new HistorySearch(query, HistorySearch.Limits.USUAL, System::nanoTime);
        return search.run(store.isPresent() ? store.get().segments() : log.chunk());
    }

    private List<NumberedLine> numbered(ConsoleHistoryQuery query) {
        try {
            return query(query).lines().stream()
                    .map(line -> new NumberedLine(line.number(), line.text()))
                    .toList();
        } catch (UnavailableException e) {
            LOG.warn("server {}: stored console lines are passed over: {}", server, e.getMessage());
            return List.of();
        }
    }

    private void store(List<ConsoleLog.Entry> entries) {
        var lines = new ArrayList<HistoryLine>(entries.size());
        for (var entry : entries) {
            entry.line().ifPresent(lines::add);
        }
        attempt(() -> store.orElseThrow().append(lines));
    }

    private void attempt(DiskWork work) {
        try {
            work.run();
        } catch (IOException e) {
            warn(e);
        }
    }

    private void warn(IOException e) {
        synchronized (writing) {
            if (System.nanoTime() - warnAt >= 0) {
                warnAt = System.nanoTime() + WARN_NANOS;
                LOG.warn("server {}: console lines are not stored: {}", server, e.toString());
            }
        }
    }

    /** Something done with a store. */
    @FunctionalInterface
    private interface DiskWork {
        void run() throws IOException;
    }
}
