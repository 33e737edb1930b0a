package dev.rookery.daemon;

import dev.rookery.api.Incubating;
import java.util.List;

/**
 * The log of the program that a daemon runs in. A daemon logs by SLF4J and does not know what is behind it: this says how to read and to
 * tune that. Both methods may be called by any thread.
 *
 * <p>Without one, reports for people end without log lines, and {@code debug} of the configuration is the program's own affair.
 */
@Incubating
public interface DaemonLog {

    /** Returns a log that nobody can read or tune. */
    static DaemonLog none() {
        return new DaemonLog() {};
    }

    /**
     * Returns the last lines as they were written, the oldest first. Secrets in them are taken out by the daemon.
     *
     * @param count how many at most
     */
    default List<String> lastLines(int count) {
        return List.of();
    }

    /** Switches the details on or off: the panel changed {@code debug} of a running node. */
    default void debug(boolean on) {}
}
