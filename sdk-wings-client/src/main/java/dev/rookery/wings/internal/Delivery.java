package dev.rookery.wings.internal;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.kit.Correlation;
import dev.rookery.kit.NamedThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to a listener on a thread of its own, in order, out of a bounded queue. What a slow listener cannot take is refused from
 * when the queue is full until half of it is told. What may not be left out has twice the room; beyond that, which only a node that talks
 * nonsense reaches, the last power state, the last loss of the connection and all gaps as one are kept. Thread-safe; never calls the
 * listener on the thread of a caller.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final ThreadFactory THREADS = NamedThreads.waiting("wings-console-listener");
    private static final long LETTER_CHARS = 64;
    private static final int BATCH_MAX = 1024;
    /** While events come in quick succession, the thread looks for them this often instead of being woken for each. */
    private static final long LOOK_NANOS = 200_000;

    private static final int LOOKS_MAX = 3;

    private final ConsoleListener listener;
    private final int eventsMax;
    private final long charsMax;
    private final int batchMax;
    private final Runnable caughtUp;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    // All below are guarded by the lock.
    private final Deque<Letter> queue = new ArrayDeque<>();
    private long chars;
    private boolean refusing;
    /** What was too much and is told all the same, as soon as there is room; one of each kind, the newest last. */
    private final Map<Class<?>, Letter> missed = new LinkedHashMap<>();

    private boolean warned;
    private boolean started;
    private boolean asleep;
    private boolean over;
    /** Set once, under the lock; read without it between two events. */
    private volatile boolean discarded;

    /** Something to tell. */
    private sealed interface Letter {

        record Event(ConsoleEvent event, long chars) implements Letter {

            Event(ConsoleEvent event) {
                this(event, LETTER_CHARS + textOf(event));
            }
        }

        record Disconnected(String reason) implements Letter {

            @Override
            public long chars() {
                return LETTER_CHARS + reason.length();
            }
        }

        record End(String reason) implements Letter {}

        record Nothing() implements Letter {}

        /** Returns how much room it takes. */
        default long chars() {
            return LETTER_CHARS;
        }
    }

    /**
     * Creates a delivery; its thread begins with the first event.
     *
     * @param listener hears the events
     * @param eventsMax how many events wait before one is refused
     * @param charsMax how many characters wait before an event is refused
     * @param caughtUp run on the listener's thread when events are taken again after one was refused
     */
    Delivery(ConsoleListener listener, int eventsMax, long charsMax, Runnable caughtUp) {
        this.listener = listener;
        this.eventsMax = eventsMax;
        this.charsMax = charsMax;
        this.batchMax = Math.max(1, Math.min(BATCH_MAX, eventsMax / 4));
        this.caughtUp = caughtUp;
    }

    /** Tells an event that may be left out; false if the listener is too far behind for it. */
    boolean offer(ConsoleEvent event) {
        lock.lock();
        try {
            if (refusing || full()) {
                refusing = true;
                return false;
            }
            if (!over) {
                addMissed();
                add(new Letter.Event(event));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells an event that may not be left out. */
    void put(ConsoleEvent event) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            if (overrun()) {
                miss(event);
                return;
            }
            addMissed();
            add(new Letter.Event(event));
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether events are refused at present. */
    boolean refusing() {
        lock.lock();
        try {
            return refusing;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits, if the queue is full, until a quarter of it is told, for a source that can be slowed down: a listener that only pauses misses
     * nothing then. Gives up after {@code patience}.
     */
    void awaitRoom(Duration patience) {
        lock.lock();
        try {
            long left = full() ? patience.toNanos() : 0;
            while (!over && !refusing && left > 0 && !roomy()) {
                filled.signal();
                left = drained.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Tells that the connection is lost for now. */
    void disconnected(String reason) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            var letter = new Letter.Disconnected(reason);
            if (overrun()) {
                keep(letter, Letter.Disconnected.class);
            } else {
                addMissed();
                add(letter);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells the end; later events are ignored.
     *
     * @param discard whether what still waits is left untold
     */
    void end(String reason, boolean discard) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            if (discard) {
                discard();
            } else {
                addMissed();
            }
            over = true;
            add(new Letter.End(reason));
        } finally {
            lock.unlock();
        }
    }

    /** Ends without telling the listener. */
    void abandon() {
        lock.lock();
        try {
            discard();
            over = true;
            if (started) {
                add(new Letter.Nothing());
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean full() {
        return queue.size() >= eventsMax || chars >= charsMax;
    }

    private boolean roomy() {
        return queue.size() <= eventsMax - eventsMax / 4 && chars <= charsMax - charsMax / 4;
    }

    private void discard() {
        queue.clear();
        chars = 0;
        missed.clear();
        discarded = true;
        drained.signalAll();
    }

    private boolean overrun() {
        return queue.size() >= 2 * eventsMax || chars >= 2 * charsMax;
    }

    private void miss(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Status) {
            keep(new Letter.Event(event), ConsoleEvent.Status.class);
        } else if (event instanceof ConsoleEvent.Gap gap) {
            keep(new Letter.Event(joined(gap)), ConsoleEvent.Gap.class);
        }
        if (!warned) {
            warned = true;
            LOG.warn("a console's listener is so far behind that more than lines are left out for it");
        }
    }

    /** Returns the gap together with one that waits: nothing was told between them. */
    private ConsoleEvent.Gap joined(ConsoleEvent.Gap gap) {
        return missed.get(ConsoleEvent.Gap.class) instanceof Letter.Event waiting
                        && waiting.event() instanceof ConsoleEvent.Gap before
                ? new ConsoleEvent.Gap(Math.min(before.from(), gap.from()), Math.max(before.to(), gap.to()))
                : gap;
    }

    private void keep(Letter letter, Class<?> kind) {
        missed.remove(kind);
        missed.put(kind, letter);
    }

    private void addMissed() {
        missed.values().forEach(this::add);
        missed.clear();
    }

    private void add(Letter letter) {
        queue.add(letter);
        chars += letter.chars();
        if (asleep) {
            asleep = false;
            filled.signal();
        }
        if (!started) {
            started = true;
            THREADS.newThread(Correlation.carry(this::run)).start();
        }
    }

    private static long textOf(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Output output) {
            return output.line().length();
        }
        if (event instanceof ConsoleEvent.InstallOutput output) {
            return output.line().length();
        }
        // All others are rare, and most can be as long as a node likes. Stats are frequent, and only numbers.
        return event instanceof ConsoleEvent.Stats ? 0 : event.toString().length();
    }

    private void run() {
        var batch = new ArrayDeque<Letter>(batchMax);
        while (true) {
            if (take(batch)) {
                caughtUp.run();
            }
            for (var letter = batch.poll(); letter != null; letter = batch.poll()) {
                if (letter instanceof Letter.Nothing) {
                    return;
                }
                if (!discarded || letter instanceof Letter.End) {
                    tell(letter);
                }
                if (letter instanceof Letter.End) {
                    return;
                }
            }
        }
    }

    /** Waits for letters and takes some; returns whether events are taken again after one was refused. */
    private boolean take(Deque<Letter> batch) {
        lock.lock();
        try {
            awaitLetters();
            for (int i = 0; i < batchMax && !queue.isEmpty(); i++) {
                var letter = queue.remove();
                chars -= letter.chars();
                batch.add(letter);
            }
            if (roomy()) {
                drained.signal();
            }
            boolean again = refusing && queue.size() <= eventsMax / 2 && chars <= charsMax / 2;
            refusing &= !again;
            return again;
        } finally {
            lock.unlock();
        }
    }

    private void awaitLetters() {
        int looks = 0;
        while (queue.isEmpty()) {
            try {
                if (!missed.isEmpty()) {
                    addMissed();
                } else if (looks++ < LOOKS_MAX) {
                    filled.awaitNanos(LOOK_NANOS);
                } else {
                    asleep = true;
                    filled.awaitUninterruptibly();
                    asleep = false;
                }
            } catch (InterruptedException e) {
                // The listener had its chance to see it; this thread ends by the last letter only.
                LOG.debug("a console's listener left its thread interrupted", e);
            }
        }
    }

    private void tell(Letter letter) {
        try {
            if (letter instanceof Letter.Event event) {
                listener.onEvent(event.event());
            } else if (letter instanceof Letter.Disconnected disconnected) {
                listener.onDisconnected(disconnected.reason());
            } else if (letter instanceof Letter.End end) {
                listener.onClosed(end.reason());
            }
        } catch (RuntimeException | Error e) {
            // Whatever a listener does wrong, its thread is what tells it the rest.
            LOG.error("a console's listener failed; it is told the next event all the same", e);
        }
    }
}
