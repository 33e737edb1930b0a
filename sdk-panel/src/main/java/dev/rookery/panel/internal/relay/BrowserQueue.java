package dev.rookery.panel.internal.relay;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserEvent.Told;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one browser, bounded. When it is full, lines are left out and announced: numbered ones as a gap, others as a count; of
 * status and figures only the latest is kept. Lines come again once half of what waited is gone. Not thread-safe.
 */
final class BrowserQueue {

    private final int capacity;
    private final Deque<BrowserEvent> events = new ArrayDeque<>();

    private boolean overflown;
    private long gapFrom;
    private long gapTo;
    private long lost;
    private @Nullable BrowserEvent lateStatus;
    private @Nullable BrowserEvent lateConnection;
    private @Nullable BrowserEvent lateEnd;

    BrowserQueue(int capacity) {
        this.capacity = capacity;
    }

    void add(BrowserEvent event) {
        if (overflown && events.size() <= capacity / 2) {
            announce();
        }
        if (!overflown && events.size() < capacity) {
            events.add(event);
            return;
        }
        overflown = true;
        leaveOut(event);
    }

    Optional<BrowserEvent> poll() {
        if (events.isEmpty() && overflown) {
            announce();
        }
        return Optional.ofNullable(events.poll());
    }

    void clear() {
        events.clear();
        forget();
    }

    private void leaveOut(BrowserEvent event) {
        if (event instanceof BrowserEvent.NodeConnection) {
            lateConnection = event;
            return;
        }
        if (!(event instanceof Told told)) {
            return;
        }
        var content = told.event();
        if (content instanceof ConsoleEvent.Status) {
            lateStatus = event;
        } else if (content instanceof ConsoleEvent.Deleted || content instanceof ConsoleEvent.InstallCompleted) {
            lateEnd = event;
        } else if (content instanceof ConsoleEvent.Output output
                && output.number().isPresent()) {
            extendGap(output.number().getAsLong(), output.number().getAsLong());
        } else if (content instanceof ConsoleEvent.Gap gap) {
            extendGap(gap.from(), gap.to());
        } else if (!(content instanceof ConsoleEvent.Stats)) {
            lost++;
        }
    }

    private void extendGap(long from, long to) {
        gapFrom = gapFrom == 0 ? from : Math.min(gapFrom, from);
        gapTo = Math.max(gapTo, to);
    }

    private void announce() {
        if (gapFrom > 0) {
            events.add(new Told(new ConsoleEvent.Gap(gapFrom, gapTo)));
        }
        if (lost > 0) {
            events.add(
                    new Told(new ConsoleEvent.DaemonMessage(lost + " lines were left out: this browser was too slow")));
        }
        addIfPresent(lateConnection);
        addIfPresent(lateStatus);
        addIfPresent(lateEnd);
        forget();
    }

    private void forget() {
        overflown = false;
        gapFrom = 0;
        gapTo = 0;
        lost = 0;
        lateConnection = null;
        lateStatus = null;
        lateEnd = null;
    }

    private void addIfPresent(@Nullable BrowserEvent event) {
        if (event != null) {
            events.add(event);
        }
    }
}
