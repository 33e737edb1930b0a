package dev.rookery.api.spi;

import java.util.List;

/**
 * Hears what happens to the processes of a node. Between {@link #lost} and {@link #back} nothing is heard, and whatever happened
 * meanwhile is told by {@code back}. Ids of other processes than those asked for may come.
 */
public interface EnvironmentListener {

    /** Hears that a process has ended or was removed. */
    default void exited(String id) {}

    /** Hears that memory was refused to a process, which may or may not end of it. */
    default void outOfMemory(String id) {}

    /**
     * Hears that somebody sent a signal through the environment, the daemon included.
     *
     * @param signal its number or name
     */
    default void signalled(String id, String signal) {}

    /**
     * Hears that what runs the processes is away, or hangs.
     *
     * @param reason for people
     */
    default void lost(String reason) {}

    /**
     * Hears that news come again, or for the first time.
     *
     * @param processes every process of the node now
     * @param sameProcesses whether those that ran before still do
     */
    default void back(List<ProcessSummary> processes, boolean sameProcesses) {}
}
