package dev.rookery.examples.load.measure;

/** What one socket has seen of a feed. Written by the thread of the sockets; the last number may be read by others. */
final class LineCount implements LineSocket.Lines {

    private final Histogram latencies;
    private volatile long last;
    private long missing;
    private long reordered;
    private long gaps;
    private long first;
    private long whole;

    /** Begins at the first line that comes; {@code latencies} takes how old lines are, in microseconds. */
    LineCount(Histogram latencies) {
        this.latencies = latencies;
    }

    @Override
    public void line(long number, long nanos) {
        long before = last;
        if (number <= before) {
            reordered++;
            return;
        }
        if (before == 0) {
            first = number;
        } else {
            missing += number - before - 1;
        }
        if (missing == 0) {
            whole = number;
        }
        last = number;
        latencies.add((System.nanoTime() - nanos) / 1000);
    }

    @Override
    public void gap() {
        gaps++;
    }

    long last() {
        return last;
    }

    /** Returns the first line, 0 if there was none. */
    long first() {
        return first;
    }

    /** Returns the last line before anything was missing. */
    long whole() {
        return whole;
    }

    /** Lines that never came, the end left aside. */
    long missing() {
        return missing;
    }

    /** Lines that came after a later one, or twice. */
    long reordered() {
        return reordered;
    }

    /** How often the node said that something is missing. */
    long gaps() {
        return gaps;
    }
}
