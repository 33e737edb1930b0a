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
     * Hears that no more events will come.
     *
     * @param reason for people; 4409 closes say that the server is suspended
     */
    default void onClosed(String reason) {}
}
