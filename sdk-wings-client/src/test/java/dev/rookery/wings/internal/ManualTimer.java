package dev.rookery.wings.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when told to, for timers and the clock alike. */
final class ManualTimer extends Clock implements ConsoleTimer {

    private final Instant begin = Instant.parse("2026-01-02T03:04:05Z");
    private final List<Entry> entries = new ArrayList<>();
    private long nanos;

    private record Entry(long dueNanos, Runnable task) {}

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Runnable schedule(Duration delay, Runnable task) {
        var entry = new Entry(nanos + Math.max(0, delay.toNanos()), task);
        entries.add(entry);
        return () -> remove(entry);
    }

    /** Lets time pass and runs what becomes due, in order. */
    void advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        for (var next = next(end); next.isPresent(); next = next(end)) {
            next.get().task().run();
        }
        synchronized (this) {
            nanos = end;
        }
    }

    /** Returns how long it is until each thing that waits, the next first. */
    synchronized List<Duration> due() {
        return entries.stream()
                .map(entry -> Duration.ofNanos(entry.dueNanos() - nanos))
                .sorted()
                .toList();
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanoTime());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    private synchronized Optional<Entry> next(long end) {
        var next = entries.stream()
                .filter(entry -> entry.dueNanos() <= end)
                .min(Comparator.comparingLong(Entry::dueNanos));
        next.ifPresent(entry -> {
            entries.remove(entry);
            nanos = Math.max(nanos, entry.dueNanos());
        });
        return next;
    }

    private synchronized void remove(Entry entry) {
        entries.remove(entry);
    }
}
