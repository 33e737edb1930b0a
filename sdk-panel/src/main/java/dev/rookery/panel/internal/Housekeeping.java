package dev.rookery.panel.internal;

import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.spi.ActivityStore;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is kept no longer, once an hour. Thread-safe. */
public final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 1000;

    private final ActivityStore activity;
    private final PanelOptions options;
    private final Clock clock;
    private final Signal stop = new Signal();
    private volatile boolean closed;
    private @Nullable Thread thread;

    /** Creates what does nothing before {@link #start()}. */
    public Housekeeping(ActivityStore activity, PanelOptions options, Clock clock) {
        this.activity = activity;
        this.options = options;
        this.clock = clock;
    }

    /** Begins. Repeating has no effect. */
    public synchronized void start() {
        if (thread == null && !closed) {
            thread = NamedThreads.waiting("rookery-housekeeping").newThread(this::loop);
            thread.start();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop.give();
    }

    private void loop() {
        while (!closed) {
            try {
                forget();
            } catch (RuntimeException e) {
                LOG.warn("what is kept too long could not be forgotten; trying again in an hour", e);
            }
            stop.await(PAUSE);
        }
    }

    private void forget() {
        int forgotten;
        do {
            forgotten = activity.forget(clock.instant().minus(options.activityKept()), BATCH);
        } while (forgotten == BATCH && !closed);
    }
}
