package dev.rookery.daemon.internal.activity;

import dev.rookery.api.CallOptions;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.Json;
import dev.rookery.api.RookeryException;
import dev.rookery.api.dialect.WireJson;
import dev.rookery.api.panel.ActivityEntry;
import dev.rookery.api.panel.Panel;
import dev.rookery.daemon.ActivityOptions;
import dev.rookery.daemon.internal.store.ActivityStore;
import dev.rookery.daemon.internal.store.ActivityStore.Change;
import dev.rookery.daemon.internal.store.ActivityStore.Entry;
import dev.rookery.daemon.internal.store.ActivityStore.Stored;
import dev.rookery.daemon.internal.store.ActivityStore.Withdrawal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
 * restarts, within a bound. A batch may come twice if its answer is lost. Whoever tells it something waits for nothing. Thread-safe. Source: daemon behaviour §10.
 */
public final class ActivityLog {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityLog.class);
    private static final int TEXT_MAX = 1024;
    /** What may wait for the disk. */
    private static final int WAITING_MAX = 2_000;
    /** How often the panel may refuse a batch before each entry is tried alone: it may be somebody else who refuses. */
    private static final int REFUSALS = 10;

    private final ActivityStore store;
    private final Panel panel;
    private final Duration timeout;
    private final ActivityOptions options;
    private final Clock clock;
    private final Executor threads;
    private final AtomicBoolean sending = new AtomicBoolean();

    // Guarded by itself.
    private final List<Change> waiting = new ArrayList<>();
    // Guarded by waiting.
    private boolean storing;
    private long dropped;

    private volatile boolean told;
    // Used by whoever sends, one at a time.
    private int refusals;

    /**
     * Creates a log.
     *
     * @param timeout the longest time a batch may take
     * @param threads run what waits for disk and panel
     */
    public ActivityLog(
            ActivityStore store,
            Panel panel,
            Duration timeout,
            ActivityOptions options,
            Clock clock,
            Executor threads) {
        this.store = store;
        this.panel = panel;
        this.timeout = timeout;
        this.options = options;
        this.clock = clock;
        this.threads = threads;
    }

    /** Returns what users or servers wrote, cut to what is worth keeping for long. */
    public static Json.Text text(String written) {
        return new Json.Text(written.length() <= TEXT_MAX ? written : written.substring(0, TEXT_MAX) + "...");
    }

    /** Begins to tell the panel from time to time. */
    public void schedule(ScheduledExecutorService timer) {
        long millis = options.sendInterval().toMillis();
        timer.scheduleWithFixedDelay(() -> inBackground(this::send), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Takes an entry. */
    public void add(ActivityEntry entry) {
        change(new Entry(WireJson.writeText(entry), 0, null));
    }

    /**
     * Takes an entry that may turn out to be none, or to be more: another one of the same mark takes its place.
     *
     * @param due from when on the panel may be told
     * @param mark by which it is withdrawn or exchanged
     */
    public void add(ActivityEntry entry, Instant due, String mark) {
        change(new Entry(WireJson.writeText(entry), due.toEpochMilli(), mark));
    }

    /** Takes an entry back that the panel has not been told of. */
    public void withdraw(String mark) {
        change(new Withdrawal(mark));
    }

    private void change(Change change) {
        synchronized (waiting) {
            if (waiting.size() >= WAITING_MAX) {
                dropped++;
                return;
            }
            waiting.add(change);
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
            List<Change> batch;
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
                long forgotten = store.apply(batch);
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
                batch = store.due(options.sendCount(), clock.millis());
                if (!batch.isEmpty()) {
                    deliver(batch);
                    store.remove(batch);
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

    /** Returns if it was taken, or if the panel does not want it whatever is done. */
    private void deliver(List<Stored> batch) {
        if (refusals >= REFUSALS) {
            batch.forEach(this::deliverAlone);
            refusals = 0;
            return;
        }
        try {
            report(batch);
            refusals = 0;
        } catch (InvalidInputException e) {
            refusals++;
            throw e;
        }
    }

    private void deliverAlone(Stored entry) {
        try {
            report(List.of(entry));
        } catch (InvalidInputException e) {
            LOG.warn("the panel refuses an entry of activity for good: {}", e.getMessage());
        }
    }

    private void report(List<Stored> batch) {
        var entries =
                batch.stream().map(ActivityLog::read).flatMap(Optional::stream).toList();
        if (!entries.isEmpty()) {
            panel.with(CallOptions.deadline(timeout)).reportActivity(entries);
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
