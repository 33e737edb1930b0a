package dev.rookery.examples.panel.sql;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time as the database has it, asked for every few seconds and counted on in between: panels that share a database agree on when a lease
 * has run out, whatever their machines' clocks say. Thread-safe.
 */
final class DatabaseClock extends Clock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final long EVERY_SECONDS = 10;
    /** An answer that took longer says too little about when it was right. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private final Supplier<Instant> database;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "panel-db-clock");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Seen seen;

    private record Seen(Instant time, long nanos) {}

    /** Asks at once, and from then on again and again. */
    DatabaseClock(Supplier<Instant> database) {
        this.database = database;
        long before = System.nanoTime();
        seen = new Seen(database.get(), before);
        timer.scheduleWithFixedDelay(this::ask, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Instant instant() {
        var last = seen;
        return last.time().plusNanos(System.nanoTime() - last.nanos());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void ask() {
        try {
            long before = System.nanoTime();
            var time = database.get();
            long took = System.nanoTime() - before;
            if (took <= LONGEST_ANSWER.toNanos()) {
                seen = new Seen(time, before + took / 2);
            }
        } catch (RuntimeException e) {
            LOG.debug("the database did not say what time it is", e);
        }
    }
}
