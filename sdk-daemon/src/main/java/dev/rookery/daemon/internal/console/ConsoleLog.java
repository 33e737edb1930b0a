package dev.rookery.daemon.internal.console;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.daemon.ConsoleLogOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last events of one server's console, bounded by count and bytes. Who appends never waits for a reader; a reader that is too slow
 * finds that what it wanted next is gone. Thread-safe.
 */
public final class ConsoleLog {

    private static final int FIRST_CAPACITY = 64;
    /** What an entry costs beside its text. */
    private static final int ENTRY_BYTES = 64;

    private final int maxLines;
    private final int maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Entry[] ring = new Entry[FIRST_CAPACITY];
    private long first;
    private long end;
    private long bytes;
    private long lastNumber;

    /** Creates an empty log with the given bounds. */
    public ConsoleLog(ConsoleLogOptions options) {
        this.maxLines = options.maxLines();
        this.maxBytes = options.maxBytes();
    }

    /** Numbers a line and appends it. */
    public long appendLine(String text) {
        lock.lock();
        try {
            lastNumber++;
            add(lastNumber, new ConsoleEvent.Output(text, OptionalLong.of(lastNumber)), text.length());
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
                add(
                        lastNumber,
                        new ConsoleEvent.Output(line.text(), OptionalLong.of(lastNumber)),
                        line.text().length());
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
            add(0, event, size);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the readers, which then look at what concerns them alone. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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

    /** Returns the position that follows the last entry. */
    long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for entries from {@code from} on; returns none when the time is over or {@link #wake} was called. */
    @SuppressWarnings("WaitNotInLoop") // The reader itself loops, and has other reasons to be woken.
    Batch read(long from, int max, long waitMillis) throws InterruptedException {
        lock.lock();
        try {
            if (from >= end && waitMillis > 0) {
                changed.await(waitMillis, TimeUnit.MILLISECONDS);
            }
            long begin = Math.max(from, first);
            long to = Math.min(end, begin + max);
            var entries = new ArrayList<Entry>();
            for (long i = begin; i < to; i++) {
                entries.add(entry(i));
            }
            return new Batch(entries, Math.max(begin, to), begin > from);
        } finally {
            lock.unlock();
        }
    }

    private boolean numbered() {
        for (long i = first; i < end; i++) {
            if (entry(i).number() > 0) {
                return true;
            }
        }
        return false;
    }

    private void add(long number, ConsoleEvent event, int size) {
        int cost = size + ENTRY_BYTES;
        while (end > first && (end - first >= maxLines || bytes + cost > maxBytes)) {
            bytes -= entry(first).bytes();
            ring[slot(first)] = Entry.NONE;
            first++;
        }
        if (end - first == ring.length) {
            grow();
        }
        ring[slot(end)] = new Entry(number, event, cost);
        bytes += cost;
        end++;
        changed.signalAll();
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
     */
    record Entry(long number, ConsoleEvent event, int bytes) {
        private static final Entry NONE = new Entry(0, new ConsoleEvent.Connected(), 0);
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
