package dev.rookery.api.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands that were done and could still be sent again. Bounded: when it is full of commands that are still good, further ones are
 * refused, because forgetting one would let it be done twice. Thread-safe: of many callers with one command, one is the first.
 */
public final class ReplayWindow {

    private static final int DEFAULT_CAPACITY = 100_000;

    private final Clock clock;
    private final int capacity;
    private final Object lock = new Object();

    // Guarded by lock: until when each is remembered.
    private final Map<String, Instant> seen = new HashMap<>();
    private Instant nextSweep = Instant.EPOCH;

    private ReplayWindow(Clock clock, int capacity) {
        this.clock = requireNonNull(clock, "clock");
        this.capacity = capacity;
        if (capacity < 1) {
            throw new InvalidInputException("capacity: " + capacity + " (expected: >= 1)");
        }
    }

    /** Returns an empty window for 100,000 commands. */
    public static ReplayWindow create(Clock clock) {
        return create(clock, DEFAULT_CAPACITY);
    }

    /**
     * Returns an empty window.
     *
     * @param clock tells the time
     * @param capacity how many commands it remembers, at least 1
     */
    public static ReplayWindow create(Clock clock, int capacity) {
        return new ReplayWindow(clock, capacity);
    }

    /** Returns everything it remembers, so that it can be kept over a restart. */
    public Snapshot snapshot() {
        synchronized (lock) {
            sweep(clock.instant());
            var entries = new ArrayList<Entry>();
            seen.forEach((command, until) -> entries.add(new Entry(command, until)));
            return new Snapshot(entries);
        }
    }

    /** Adds what was remembered before, even beyond the capacity. */
    public void restore(Snapshot snapshot) {
        synchronized (lock) {
            snapshot.entries().forEach(entry -> seen.merge(entry.command(), entry.until(), ReplayWindow::later));
            sweep(clock.instant());
        }
    }

    /**
     * Remembers a command.
     *
     * @param until the first instant at which it is refused for its age
     * @throws CommandRefusedException if it was seen before, or there is no room
     */
    void remember(SignedCommand command, Instant until) {
        var now = clock.instant();
        var key = command.keyId() + " " + command.nonce();
        synchronized (lock) {
            if (seen.containsKey(key)) {
                throw new CommandRefusedException(
                        CommandRefusal.REPLAYED, "nonce " + command.nonce() + " (expected: one never seen before)");
            }
            if (!now.isBefore(nextSweep)) {
                sweep(now);
            }
            if (seen.size() >= capacity) {
                throw new CommandRefusedException(
                        CommandRefusal.OVERLOADED, seen.size() + " commands remembered (expected: < " + capacity + ")");
            }
            seen.put(key, until);
        }
    }

    private void sweep(Instant now) {
        seen.values().removeIf(until -> !until.isAfter(now));
        // Often enough to make room soon, and seldom enough for a full window not to be searched by every command.
        nextSweep = now.plusSeconds(1);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /**
     * One command.
     *
     * @param command its key and nonce, with a blank between
     * @param until how long it is remembered
     */
    public record Entry(
            @JsonProperty("command") String command,
            @JsonProperty("until") Instant until) {

        /** Checks its arguments. */
        public Entry {
            requireNonNull(command, "command");
            requireNonNull(until, "until");
        }
    }

    /**
     * All commands at one moment.
     *
     * @param entries the commands, in no order
     */
    public record Snapshot(@JsonProperty("entries") List<Entry> entries) {

        /** Copies the list. */
        public Snapshot {
            entries = List.copyOf(entries);
        }
    }
}
