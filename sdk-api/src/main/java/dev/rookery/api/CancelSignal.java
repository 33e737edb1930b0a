package dev.rookery.api;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends calls early: hand it to any number of calls, then {@link #cancel()} once.
 *
 * <p>Thread-safe. Callbacks run on the thread that cancels, outside of any lock.
 */
public final class CancelSignal {

    private final Object lock = new Object();
    private final Set<Registration> registrations = new LinkedHashSet<>();
    private volatile boolean cancelled;

    private CancelSignal() {}

    /** Returns a new signal that nobody has cancelled. */
    public static CancelSignal create() {
        return new CancelSignal();
    }

    /** Cancels every call that holds this signal. Later calls with it fail at once. Repeating has no effect. */
    public void cancel() {
        List<Registration> due;
        synchronized (lock) {
            cancelled = true;
            due = new ArrayList<>(registrations);
            registrations.clear();
        }
        due.forEach(registration -> registration.action.run());
    }

    /** Returns whether {@link #cancel()} was called. */
    public boolean cancelled() {
        return cancelled;
    }

    /**
     * Runs {@code action} once when the signal fires, or at once if it already has.
     *
     * @param action must not block
     * @return takes the action back when closed
     */
    public Registration onCancel(Runnable action) {
        var registration = new Registration(requireNonNull(action, "action"));
        synchronized (lock) {
            if (!cancelled) {
                registrations.add(registration);
                return registration;
            }
        }
        action.run();
        return registration;
    }

    /** An action waiting for the signal; closing it takes the action back. */
    public final class Registration implements AutoCloseable {

        private final Runnable action;

        private Registration(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            synchronized (lock) {
                registrations.remove(this);
            }
        }
    }
}
