package dev.rookery.daemon.internal.console;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one listener on a thread of its own, at its own speed. Lines that it misses are announced by a gap; of statistics it gets the
 * newest only. Thread-safe.
 */
public final class ConsoleFeed implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleFeed.class);
    private static final int BATCH = 512;
    private static final long LOOK_MILLIS = 1000;
    private static final int OWN_EVENTS_MAX = 1024;
    private static final int HISTORY_BATCH = 1000;
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ConsoleLog log;
    private final ConsoleListener listener;
    private final Predicate<ConsoleEvent> permitted;
    private final Supplier<ConsoleEvent> status;
    private final Supplier<Optional<ConsoleEvent>> watch;
    private final ArrayDeque<ConsoleEvent> own = new ArrayDeque<>();
    /** The newest of each job, the oldest job first. Guarded by {@code own}. */
    private final Map<String, ConsoleEvent> jobs = new LinkedHashMap<>();

    private final AtomicReference<@Nullable ConsoleEvent> stats = new AtomicReference<>();
    /** Why it is closed, null while it is open: one value, so that nobody sees it closed without its reason. */
    private final AtomicReference<@Nullable String> closed = new AtomicReference<>();

    private final Waiter waiter = new Waiter();
    private final ConsoleHistory history;
    /** Up to here lines are made up for, and so delivered also if there were too many of them to be delivered live. */
    private final long liveAfter;

    private long position;
    private long lastNumber;
    /** The last line that was held back and not announced yet; 0 if there is none. */
    private long heldBackTo;

    private long deliveredNanos = System.nanoTime() - GATHER_NANOS;

    /**
     * Creates a feed; {@link #run} serves it.
     *
     * @param log what is served
     * @param history what was printed before
     * @param options where to begin
     * @param listener who is served
     * @param permitted what it may hear
     * @param status tells the present state, first of all and after something was missed
     * @param watch looked at about once a second: something to tell this listener alone
     */
    public ConsoleFeed(
            ConsoleLog log,
            ConsoleHistory history,
            ConsoleOptions options,
            ConsoleListener listener,
            Predicate<ConsoleEvent> permitted,
            Supplier<ConsoleEvent> status,
            Supplier<Optional<ConsoleEvent>> watch) {
        this.log = log;
        this.history = history;
        this.listener = listener;
        this.permitted = permitted;
        this.status = status;
        this.watch = watch;
        this.liveAfter = log.lastNumber();
        var begin = log.positionAfter(options.after());
        this.position = begin.index();
        this.lastNumber = begin.lastNumber();
    }

    /** Tells this listener alone. */
    public void tell(ConsoleEvent event) {
        synchronized (own) {
            if (own.size() < OWN_EVENTS_MAX) {
                own.add(event);
            }
        }
        waiter.wake();
    }

    /** Tells the newest statistics; older ones that were not delivered yet are dropped. */
    public void tellStats(ConsoleEvent event) {
        stats.set(event);
        waiter.wake();
    }

    /** Tells how far a job is, if the listener may hear it; what it was told of the same job and has not heard yet is dropped. */
    public void tellJob(ConsoleEvent.FileJobChanged event) {
        if (!permitted.test(event)) {
            return;
        }
        synchronized (own) {
            if (jobs.size() < OWN_EVENTS_MAX || jobs.containsKey(event.job().id())) {
                jobs.put(event.job().id(), event);
            }
        }
        waiter.wake();
    }

    /** Ends the feed; the listener hears of it on its own thread. Repeating has no effect. */
    public void close(String why) {
        if (closed.compareAndSet(null, why)) {
            waiter.wake();
        }
    }

    /** Returns whether events may still come. */
    public boolean open() {
        return closed.get() == null;
    }

    @Override
    public void run() {
        try {
            listener.onEvent(new ConsoleEvent.Connected());
            listener.onEvent(status.get());
            makeUp();
            while (open()) {
                deliverOwn();
                deliverLog();
            }
            deliverOwn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.set("the node is stopping");
        } catch (RuntimeException e) {
            LOG.warn("a console listener failed, its console is closed", e);
            closed.set("the listener failed");
        } finally {
            closed.compareAndSet(null, "closed");
            sayClosed();
        }
    }

    /** Delivers what the listener wants of the time before the log begins. */
    private void makeUp() {
        while (open() && lastNumber < liveAfter) {
            var begin = log.positionAfter(OptionalLong.of(lastNumber));
            position = begin.index();
            if (log.numberAt(position) <= lastNumber + 1) {
                return;
            }
            var lines = history.after(lastNumber, HISTORY_BATCH);
            if (lines.isEmpty()) {
                return;
            }
            for (var line : lines) {
                if (!open()) {
                    return;
                }
                deliverLine(line.number(), new ConsoleEvent.Output(line.text(), OptionalLong.of(line.number())));
            }
        }
    }

    private void deliverLog() throws InterruptedException {
        log.await(position, waiter, LOOK_MILLIS);
        var batch = log.read(position, BATCH);
        position = batch.next();
        if (batch.skipped()) {
            listener.onEvent(status.get());
        }
        for (var entry : batch.entries()) {
            if (!open()) {
                return;
            }
            deliver(entry);
        }
        if (batch.entries().isEmpty()) {
            tellHeldBack();
        }
        pause(batch.entries().size());
    }

    /** Lets a few lines come together where they come steadily; a line after a silence is delivered at once. */
    private void pause(int delivered) throws InterruptedException {
        long now = System.nanoTime();
        if (delivered > 0 && delivered < BATCH && open() && now - deliveredNanos < GATHER_NANOS) {
            TimeUnit.NANOSECONDS.sleep(GATHER_NANOS - (now - deliveredNanos));
            now = System.nanoTime();
        }
        if (delivered > 0) {
            deliveredNanos = now;
        }
    }

    private void deliver(ConsoleLog.Entry entry) {
        if (entry.number() == 0) {
            if (permitted.test(entry.event())) {
                listener.onEvent(entry.event());
            }
        } else if (entry.heldBack() && entry.number() > liveAfter) {
            heldBackTo = Math.max(heldBackTo, entry.number());
        } else {
            deliverLine(entry.number(), entry.event());
        }
    }

    private void deliverLine(long number, ConsoleEvent line) {
        if (number <= lastNumber) {
            return;
        }
        if (number > lastNumber + 1) {
            listener.onEvent(new ConsoleEvent.Gap(lastNumber + 1, number - 1));
        }
        lastNumber = number;
        listener.onEvent(line);
    }

    private void tellHeldBack() {
        if (heldBackTo > lastNumber) {
            listener.onEvent(new ConsoleEvent.Gap(lastNumber + 1, heldBackTo));
            lastNumber = heldBackTo;
        }
    }

    private void deliverOwn() {
        watch.get().ifPresent(listener::onEvent);
        var newest = stats.getAndSet(null);
        if (newest != null) {
            listener.onEvent(newest);
        }
        for (var event = nextOwn(); event != null; event = nextOwn()) {
            listener.onEvent(event);
        }
    }

    private @Nullable ConsoleEvent nextOwn() {
        synchronized (own) {
            var jobsLeft = jobs.values().iterator();
            if (own.isEmpty() && jobsLeft.hasNext()) {
                var job = jobsLeft.next();
                jobsLeft.remove();
                return job;
            }
            return own.poll();
        }
    }

    private void sayClosed() {
        try {
            listener.onClosed(Objects.requireNonNullElse(closed.get(), "closed"));
        } catch (RuntimeException e) {
            LOG.warn("a console listener failed while it was closed", e);
        }
    }
}
