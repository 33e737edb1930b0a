package dev.rookery.daemon.internal.console;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.daemon.ConsoleLogOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The last events of one server's console, bounded by count and bytes. Who appends never waits for a reader; a reader that is too slow
 * finds that what it wanted next is gone. Thread-safe.
 */
public final class ConsoleLog {

    private static final int FIRST_CAPACITY = 64;
    private static final String THROTTLING = "Server is outputting console data too quickly -- throttling...";
    /** What an entry costs beside its text. */
    private static final int ENTRY_BYTES = 64;

    private final int maxLines;
    private final int maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Clock clock;
    private final Throttle throttle;
    /** Called for each line; the lock is held. */
    private volatile Runnable onLine = () -> {};
    // From here on guarded by lock.
    /** Readers that have read all and sleep. */
    private final List<Waiter> waiting = new ArrayList<>();

    private Entry[] ring = new Entry[FIRST_CAPACITY];
    private long first;
    private long end;
    private long bytes;
    private long lastNumber;

    /** Creates an empty log with the given bounds. */
    public ConsoleLog(ConsoleLogOptions options, Clock clock) {
        this(options, clock, System::nanoTime);
    }

    ConsoleLog(ConsoleLogOptions options, Clock clock, LongSupplier nanos) {
        this.maxLines = options.maxLines();
        this.maxBytes = options.maxBytes();
        this.clock = clock;
        this.throttle = new Throttle(options.throttle(), nanos);
    }

    /** Numbers a line that was printed just now and appends it; if there are too many, it is not delivered live. */
    public long appendLine(String text) {
        int size = Utf8.length(text);
        lock.lock();
        try {
            var verdict = throttle.take();
            if (verdict == Throttle.Verdict.FIRST_HELD_BACK) {
                add(0, new ConsoleEvent.DaemonMessage(THROTTLING), THROTTLING.length(), false);
            }
            lastNumber++;
            addLine(text, size, verdict != Throttle.Verdict.LIVE);
            return lastNumber;
        } finally {
            lock.unlock();
        }
    }

    /** Appends a line that has its number already; it is left out if that is not greater than the last one. */
    public void appendLine(NumberedLine line) {
        lock.lock();
        try {
            if (line.number() > lastNumber) {
                lastNumber = line.number();
                addLine(line.text(), Utf8.length(line.text()), false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what was printed in a former life; only what comes before anything else is taken. */
    public void restore(List<NumberedLine> lines) {
        lock.lock();
        try {
            if (!numbered()) {
                long restoredTo = lastNumber;
                lastNumber = 0;
                lines.forEach(this::appendLine);
                lastNumber = Math.max(lastNumber, restoredTo);
            } else {
                lines.forEach(this::appendLine);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Appends something that is not a numbered line. */
    public void append(ConsoleEvent event, int size) {
        lock.lock();
        try {
            add(0, event, size, false);
        } finally {
            lock.unlock();
        }
    }

    /** Has something called for each line; it must not wait. */
    void onLine(Runnable told) {
        onLine = told;
    }

    /** Skips numbers, so that none is given twice. */
    public void skipTo(long number) {
        lock.lock();
        try {
            lastNumber = Math.max(lastNumber, number);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last number given. */
    public long lastNumber() {
        lock.lock();
        try {
            return lastNumber;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the last numbered lines. */
    public List<NumberedLine> tail(int count) {
        lock.lock();
        try {
            var lines = new ArrayList<NumberedLine>();
            for (long i = end - 1; i >= first && lines.size() < count; i--) {
                if (entry(i).event() instanceof ConsoleEvent.Output output && entry(i).number() > 0) {
                    lines.add(new NumberedLine(entry(i).number(), output.line()));
                }
            }
            Collections.reverse(lines);
            return lines;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a position: the first stored entry with a number above {@code after}, or the end if there is none. */
    Position positionAfter(OptionalLong after) {
        lock.lock();
        try {
            if (after.isEmpty() || after.getAsLong() >= lastNumber) {
                return new Position(end, lastNumber);
            }
            long index = first;
            while (index < end && entry(index).number() <= after.getAsLong()) {
                index++;
            }
            return new Position(index, after.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of the first line at or after a position, that of the next line if there is none. */
    long numberAt(long index) {
        lock.lock();
        try {
            for (long i = Math.max(index, first); i < end; i++) {
                if (entry(i).number() > 0) {
                    return entry(i).number();
                }
            }
            return lastNumber + 1;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the position that follows the last entry. */
    long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an entry at {@code from}; returns also when the time is over or the waiter was called. */
    void await(long from, Waiter waiter, long millis) throws InterruptedException {
        lock.lock();
        try {
            if (from < end) {
                return;
            }
            waiting.add(waiter);
        } finally {
            lock.unlock();
        }
        try {
            waiter.await(millis);
        } finally {
            lock.lock();
            try {
                waiting.remove(waiter);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Returns the entries from {@code from} on; none if there are none yet. */
    Batch read(long from, int max) {
        lock.lock();
        try {
            long begin = Math.max(from, first);
            long to = Math.min(end, begin + max);
            var entries = new ArrayList<Entry>((int) Math.max(0, to - begin));
            for (long i = begin; i < to; i++) {
                entries.add(entry(i));
            }
            return new Batch(entries, Math.max(begin, to), begin > from);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the numbered lines as a piece of history; no chunk if there are none. */
    List<HistoryChunk> chunk() {
        var lines = new ArrayList<HistoryLine>();
        read(0, Integer.MAX_VALUE).entries().forEach(entry -> entry.line().ifPresent(lines::add));
        return lines.isEmpty() ? List.of() : List.of(new InMemory(lines));
    }

    private boolean numbered() {
        for (long i = first; i < end; i++) {
            if (entry(i).number() > 0) {
                return true;
            }
        }
        return false;
    }

    private void addLine(String text, int size, boolean heldBack) {
        add(lastNumber, new ConsoleEvent.Output(text, OptionalLong.of(lastNumber)), size, heldBack);
        onLine.run();
    }

    private void add(long number, ConsoleEvent event, int size, boolean heldBack) {
        int cost = size + ENTRY_BYTES;
        while (end > first && (end - first >= maxLines || bytes + cost > maxBytes)) {
            bytes -= entry(first).bytes();
            ring[slot(first)] = Entry.NONE;
            first++;
        }
        if (end - first == ring.length) {
            grow();
        }
        ring[slot(end)] = new Entry(number, event, cost, number == 0 ? 0 : clock.millis(), heldBack);
        bytes += cost;
        end++;
        if (!waiting.isEmpty()) {
            waiting.forEach(Waiter::wake);
            waiting.clear();
        }
    }

    private void grow() {
        var larger = new Entry[Math.min(maxLines, ring.length * 2)];
        for (long i = first; i < end; i++) {
            larger[(int) (i % larger.length)] = entry(i);
        }
        ring = larger;
    }

    private int slot(long index) {
        return (int) (index % ring.length);
    }

    private Entry entry(long index) {
        return ring[slot(index)];
    }

    /**
     * Something that happened on the console.
     *
     * @param number the line's number, 0 if it has none
     * @param event what it is
     * @param bytes what it costs
     * @param millis when a line was heard
     * @param heldBack whether it is not delivered live
     */
    record Entry(long number, ConsoleEvent event, int bytes, long millis, boolean heldBack) {
        private static final Entry NONE = new Entry(0, new ConsoleEvent.Connected(), 0, 0, false);

        /** Returns the entry as a line to store, if it is one. */
        Optional<HistoryLine> line() {
            return number > 0 && event instanceof ConsoleEvent.Output output
                    ? Optional.of(new HistoryLine(number, millis, output.line()))
                    : Optional.empty();
        }
    }

    private record InMemory(List<HistoryLine> lines) implements HistoryChunk {
        @Override
        public long first() {
            return lines.get(0).number();
        }
    }

    /**
     * Where a reader stands.
     *
     * @param index the next entry it wants
     * @param lastNumber the last number it knows
     */
    record Position(long index, long lastNumber) {}

    /**
     * Entries for a reader.
     *
     * @param entries in order
     * @param next the position after them
     * @param skipped whether entries before them are gone
     */
    record Batch(List<Entry> entries, long next, boolean skipped) {}
}
