package dev.rookery.api.console;

import dev.rookery.api.node.NodeServer;

/**
 * Opens one and the same console for any listener, such as {@code listener -> server.console(options, listener)}: what the views are made
 * of.
 */
@FunctionalInterface
public interface ConsoleSource {

    /**
     * Opens the console.
     *
     * @param listener is called by one thread at a time, in order, until {@link ConsoleListener#onClosed}; it may wait, and the source
     *     bounds what comes meanwhile
     */
    Console open(ConsoleListener listener);

    /** Returns the console of a server. */
    static ConsoleSource of(NodeServer server, ConsoleOptions options) {
        return listener -> server.console(options, listener);
    }
}
