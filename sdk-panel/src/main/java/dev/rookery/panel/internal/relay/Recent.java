package dev.rookery.panel.internal.relay;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserEvent.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a late joiner has to know: the last lines, the status and the figures. Not thread-safe. */
final class Recent {

    private final int capacity;
    private final Deque<ConsoleEvent> lines = new ArrayDeque<>();
    private ConsoleEvent.@Nullable Status status;
    private ConsoleEvent.@Nullable Stats stats;
    private boolean installing;
    private long lastNumber;

    Recent(int capacity) {
        this.capacity = capacity;
    }

    void add(ConsoleEvent event) {
        if (event instanceof ConsoleEvent.Status now) {
            status = now;
        } else if (event instanceof ConsoleEvent.Stats now) {
            stats = now;
        } else if (event instanceof ConsoleEvent.InstallStarted) {
            installing = true;
        } else if (event instanceof ConsoleEvent.InstallCompleted) {
            installing = false;
        } else if (event instanceof ConsoleEvent.Gap gap) {
            lastNumber = Math.max(lastNumber, gap.to());
        } else if (event instanceof ConsoleEvent.Output output) {
            addLine(output);
        } else if (event instanceof ConsoleEvent.InstallOutput || event instanceof ConsoleEvent.DaemonMessage) {
            keep(event);
        }
    }

    /** Returns the greatest number seen; 0 if there was none. */
    long lastNumber() {
        return lastNumber;
    }

    /** Forgets the lines, before a node without numbers tells its last ones again. */
    void forgetLines() {
        lines.clear();
    }

    /**
     * Returns what to tell a browser first.
     *
     * @param resumed whether it has seen this console before; then it has the lines without numbers already, as far as anyone can tell
     */
    List<BrowserEvent> replay(boolean resumed) {
        var events = new ArrayList<BrowserEvent>();
        if (status != null) {
            events.add(new Told(status));
        }
        if (stats != null) {
            events.add(new Told(stats));
        }
        if (installing) {
            events.add(new Told(new ConsoleEvent.InstallStarted()));
        }
        for (var line : lines) {
            if (!resumed
                    || (line instanceof ConsoleEvent.Output output
                            && output.number().isPresent())) {
                events.add(new Told(line));
            }
        }
        return events;
    }

    private void addLine(ConsoleEvent.Output output) {
        if (output.number().isPresent()) {
            if (output.number().getAsLong() <= lastNumber) {
                return;
            }
            lastNumber = output.number().getAsLong();
        }
        keep(output);
    }

    private void keep(ConsoleEvent line) {
        if (lines.size() == capacity) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }
}
