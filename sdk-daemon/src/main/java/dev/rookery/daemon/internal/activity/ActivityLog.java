package dev.rookery.daemon.internal.activity;

import dev.rookery.api.CallOptions;
import dev.rookery.api.ConflictException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.Panel;
import dev.rookery.daemon.ActivityOptions;
import dev.rookery.daemon.internal.store.ActivityStore;
import dev.rookery.daemon.internal.store.ActivityStore.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what users did on consoles, and which servers crashed, until the panel has taken it: in order, over failures of the panel and over
 * restarts, within a bound. Whoever tells it something waits for nothing. Thread-safe. Source: daemon behaviour §10.
 */
public final class ActivityLog {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityLog.class);
    /** What may wait for the disk. */
    private static final int WAITING_MAX = 10_000;

    private final ActivityStore store;
    private final Panel panel;
    private final Duration timeout;
    private final ActivityOptions options;
    private final Executor threads;
    private final AtomicBoolean sending = new AtomicBoolean();

    // Guarded by itself.
    private final List<String> waiting = new ArrayList<>();
    // Guarded by waiting.
    private boolean storing;
    private long dropped;

    private volatile boolean told;

    /**
     * Creates a log.
     *
     * @param timeout the longest time a batch may take
     * @param threads run what waits for disk and panel
     */
    public ActivityLog(ActivityStore store, Panel panel, Duration timeout, ActivityOptions options, Executor threads) {
        this.store = store;
        this.panel = panel;
        this.timeout = timeout;
        this.options = options;
        this.threads = threads;
    }

    /** Begins to tell the panel from time to time. */
    public void schedule(ScheduledExecutorService timer) {
        long millis = options.sendInterval().toMillis();
        timer.scheduleWithFixedDelay(() -> inBackground(this::send), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Takes an entry. */
    public void add(ActivityEntry entry) {
        synchronized (waiting) {
            if (waiting.size() >= WAITING_MAX) {
                dropped++;
                return;
            }
            waiting.add(WireJson.writeText(entry));
            if (storing) {
                return;
            }
            storing = true;
        }
        if (!inBackground(this::storeAll)) {
            synchronized (waiting) {
                storing = false;
            }
        }
    }

    /** Stores what waits. For the end of the node, when nothing runs in the background any more. */
    public void flush() {
        storeAll();
    }

    private boolean inBackground(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("left for the end or the next start, the node is closing", e);
            return false;
        }
    }

    private void storeAll() {
        while (true) {
            List<String> batch;
            long lost;
            synchronized (waiting) {
                batch = List.copyOf(waiting);
                waiting.clear();
                lost = dropped;
                dropped = 0;
                storing = !batch.isEmpty();
            }
            if (lost > 0) {
                LOG.warn("{} entries of activity were left out: there were more than the disk could take", lost);
            }
            if (batch.isEmpty()) {
                return;
            }
            try {
                long forgotten = store.add(batch);
                if (forgotten > 0) {
                    LOG.warn("the {} oldest entries of activity were removed: the panel has not taken them", forgotten);
                }
            } catch (RookeryException e) {
                LOG.error("{} entries of activity could not be stored", batch.size(), e);
            }
        }
    }

    private void send() {
        if (!sending.compareAndSet(false, true)) {
            return;
        }
        try {
            List<Stored> batch;
            do {
                batch = store.oldest(options.sendCount());
                if (!batch.isEmpty()) {
                    deliver(batch);
                    store.removeUntil(batch.get(batch.size() - 1).id());
                }
            } while (batch.size() == options.sendCount());
            told = false;
        } catch (RookeryException e) {
            if (!told && !Thread.currentThread().isInterrupted()) {
                told = true;
                LOG.warn("activity waits, the panel does not take it now: {}", e.getMessage());
            }
        } finally {
            sending.set(false);
        }
    }

    /** Returns if it was taken or never will be. */
    private void deliver(List<Stored> batch) {
        var entries =
                batch.stream().map(ActivityLog::read).flatMap(Optional::stream).toList();
        if (entries.isEmpty()) {
            return;
        }
        try {
            panel.with(CallOptions.deadline(timeout)).reportActivity(entries);
        } catch (InvalidInputException | NotFoundException | ConflictException | NotOfferedException e) {
            LOG.warn("the panel refuses {} entries of activity for good: {}", entries.size(), e.getMessage());
        }
    }

    /** One that cannot be read, such as after damage of the disk, must not hold up the others for ever. */
    private static Optional<ActivityEntry> read(Stored stored) {
        try {
            return Optional.of(WireJson.read(stored.entry(), ActivityEntry.class));
        } catch (InvalidInputException e) {
            LOG.warn("entry {} of activity cannot be read any more, it is left out: {}", stored.id(), e.getMessage());
            return Optional.empty();
        }
    }
}
