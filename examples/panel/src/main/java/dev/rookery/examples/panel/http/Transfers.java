package dev.rookery.examples.panel.http;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How many files are on their way through the panel at a time: each holds a thread and a connection to a node. Thread-safe. */
final class Transfers {

    private static final int IN_ALL = 64;
    private static final int PER_USER = 6;

    private final Map<UUID, Integer> running = new HashMap<>();
    private int total;

    /** A transfer that is running, until it is closed. */
    interface Slot {
        /** Makes room for another one. */
        void close();
    }

    /**
     * Begins a transfer.
     *
     * @throws ApiError {@code too_many_transfers}
     */
    synchronized Slot begin(UUID user) {
        int own = running.getOrDefault(user, 0);
        if (total >= IN_ALL || own >= PER_USER) {
            throw new ApiError(
                    429,
                    "too_many_transfers",
                    "Too many files are on their way (expected: at most " + PER_USER + " of yours at a time).");
        }
        total++;
        running.put(user, own + 1);
        return () -> end(user);
    }

    private synchronized void end(UUID user) {
        total--;
        running.merge(user, -1, (present, less) -> present + less == 0 ? null : present + less);
    }
}
