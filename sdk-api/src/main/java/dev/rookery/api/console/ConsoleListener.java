package dev.rookery.api.console;

/**
 * Hears a console. Called by one thread at a time. A listener that is slow does not slow the server down: live lines that it misses
 * are announced by a {@link ConsoleEvent.Gap}.
 */
@FunctionalInterface
public interface ConsoleListener {

    /** Hears one event. */
    void onEvent(ConsoleEvent event);

    /**
     * Hears that the connection to the node is lost and is being made again; {@link ConsoleEvent.Connected} says when it is. Never
     * called for a node in the same process.
     *
     * @param reason for people
     */
    default void onDisconnected(String reason) {}

    /**
     * Hears that no more events will come.
     *
     * @param reason for people; 4409 closes say that the server is suspended
     */
    default void onClosed(String reason) {}
}
