package dev.rookery.api.console;

import dev.rookery.api.node.PowerAction;

/** An open console. Thread-safe; what is sent from one thread arrives in order. */
public interface Console extends AutoCloseable {

    /**
     * Sends one line to the process. Needs {@code control.console}. Without the permission, or if the process does not run, nothing
     * is sent and the listener gets a {@link ConsoleEvent.DaemonError}.
     */
    void sendCommand(String line);

    /** Asks for a power action. A refusal reaches the listener as {@link ConsoleEvent.DaemonError}. */
    void setState(PowerAction action);

    /** Asks for the last lines, which arrive as {@link ConsoleEvent.Output}. */
    void requestLogs();

    /** Asks for one {@link ConsoleEvent.Stats}. */
    void requestStats();

    /** Returns whether events may still come. */
    boolean open();

    /** Ends the console; {@link ConsoleListener#onClosed} follows. Repeating has no effect. */
    @Override
    void close();
}
