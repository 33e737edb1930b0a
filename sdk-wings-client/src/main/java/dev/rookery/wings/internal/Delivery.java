package dev.rookery.wings.internal;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.kit.Correlation;
import dev.rookery.kit.NamedThreads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to a listener on a thread of its own, in order, out of a bounded queue. What a slow listener misses becomes a gap, or,
 * without numbers, a remark. Thread-safe; never calls the listener on the thread of a caller.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final ThreadFactory THREADS = NamedThreads.waiting("wings-console-listener");
    private static final long LETTER_CHARS = 64;

    private final ConsoleListener listener;
    private final int eventsMax;
    private final long charsMax;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All below are guarded by the lock.
    private final Deque<Letter> queue = new ArrayDeque<>();
    private long chars;
    private ConsoleEvent.@Nullable Gap missed;
    private ConsoleEvent.@Nullable Status missedStatus;
    private long skipped;
    private boolean warned;
    private boolean started;
    private boolean over;

    /** Something to tell. */
    private sealed interface Letter {

        record Event(ConsoleEvent event) implements Letter {}

        record Disconnected(String reason) implements Letter {}

        record End(String reason) implements Letter {}

        record Nothing() implements Letter {}
    }

    Delivery(ConsoleListener listener, int eventsMax, long charsMax) {
        this.listener = listener;
        this.eventsMax = eventsMax;
        this.charsMax = charsMax;
    }

    /** Tells an event, unless the listener is too far behind for it. */
    void offer(ConsoleEvent event) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            boolean behind = missed != null || skipped > 0;
            if (expendable(event) && (behind ? !caughtUp() : full())) {
                miss(event);
                return;
            }
            if (queue.size() >= 2 * eventsMax) {
                overrun(event);
                return;
            }
            admitMissed();
            put(new Letter.Event(event));
        } finally {
            lock.unlock();
        }
    }

    /** Tells that the connection is lost for now. */
    void disconnected(String reason) {
        lock.lock();
        try {
            if (!over && queue.size() < 2 * eventsMax) {
                admitMissed();
                put(new Letter.Disconnected(reason));
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
                queue.clear();
                missed = null;
                missedStatus = null;
                skipped = 0;
            }
            admitMissed();
            over = true;
            put(new Letter.End(reason));
        } finally {
            lock.unlock();
        }
    }

    /** Ends without telling the listener. */
    void abandon() {
        lock.lock();
        try {
            queue.clear();
            over = true;
            put(new Letter.Nothing());
        } finally {
            lock.unlock();
        }
    }

    /** Only a node that talks nonsense gets here: of what may not be left out, the last word on the power state is kept. */
    private void overrun(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Status status) {
            missedStatus = status;
        }
        if (!warned) {
            warned = true;
            LOG.warn("a console's listener is so far behind that more than lines are left out for it");
        }
    }

    private boolean full() {
        return queue.size() >= eventsMax || chars >= charsMax;
    }

    private boolean caughtUp() {
        return queue.size() <= eventsMax / 2 && chars <= charsMax / 2;
    }

    private static boolean expendable(ConsoleEvent event) {
        return event instanceof ConsoleEvent.Output
                || event instanceof ConsoleEvent.Gap
                || event instanceof ConsoleEvent.Stats
                || event instanceof ConsoleEvent.InstallOutput
                || event instanceof ConsoleEvent.DaemonMessage
                || event instanceof ConsoleEvent.Unknown;
    }

    private void miss(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Gap gap) {
            missed = join(missed, gap);
        } else if (event instanceof ConsoleEvent.Output output
                && output.number().isPresent()) {
            long number = output.number().getAsLong();
            missed = join(missed, new ConsoleEvent.Gap(number, number));
        } else if (!(event instanceof ConsoleEvent.Stats)) {
            skipped++;
        }
    }

    private static ConsoleEvent.Gap join(ConsoleEvent.@Nullable Gap one, ConsoleEvent.Gap other) {
        return one == null
                ? other
                : new ConsoleEvent.Gap(Math.min(one.from(), other.from()), Math.max(one.to(), other.to()));
    }

    private void admitMissed() {
        if (missed != null) {
            put(new Letter.Event(missed));
            missed = null;
        }
        if (skipped > 0) {
            put(new Letter.Event(
                    new ConsoleEvent.DaemonMessage("[" + skipped + " lines skipped: this listener was too slow]")));
            skipped = 0;
        }
        if (missedStatus != null) {
            put(new Letter.Event(missedStatus));
            missedStatus = null;
        }
    }

    private void put(Letter letter) {
        queue.add(letter);
        chars += charsOf(letter);
        changed.signal();
        if (!started) {
            started = true;
            THREADS.newThread(Correlation.carry(this::run)).start();
        }
    }

    private static long charsOf(Letter letter) {
        if (letter instanceof Letter.Event event) {
            if (event.event() instanceof ConsoleEvent.Output output) {
                return LETTER_CHARS + output.line().length();
            }
            if (event.event() instanceof ConsoleEvent.InstallOutput output) {
                return LETTER_CHARS + output.line().length();
            }
            if (event.event() instanceof ConsoleEvent.Unknown unknown) {
                return LETTER_CHARS
                        + unknown.args().stream().mapToLong(String::length).sum();
            }
        }
        return LETTER_CHARS;
    }

    private void run() {
        while (true) {
            var letter = take();
            if (letter instanceof Letter.Nothing) {
                return;
            }
            tell(letter);
            if (letter instanceof Letter.End) {
                return;
            }
        }
    }

    private Letter take() {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                admitMissed();
                if (queue.isEmpty()) {
                    changed.awaitUninterruptibly();
                }
            }
            var letter = queue.remove();
            chars -= charsOf(letter);
            return letter;
        } finally {
            lock.unlock();
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
        } catch (RuntimeException e) {
            LOG.error("a console's listener failed; it is told the next event all the same", e);
        }
    }
}
