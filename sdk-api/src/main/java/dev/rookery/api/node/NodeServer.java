package dev.rookery.api.node;

import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import java.util.List;

/**
 * One server of a node. Every call throws {@link dev.rookery.api.NotFoundException} if the node does not have the server.
 * Thread-safe.
 */
public interface NodeServer {

    /** Returns which server this is. */
    ServerId id();

    /** Returns state, usage and configuration. */
    ServerDetails details();

    /**
     * Asks for a power action and returns once the node has accepted it; what becomes of it is seen in the state. Needs the
     * action's {@linkplain PowerAction#permission() permission}.
     *
     * @throws dev.rookery.api.ConflictException if the server is suspended or being installed
     */
    void power(PowerAction action);

    /**
     * Sends lines to the process, in order. Needs {@code control.console}.
     *
     * @param lines without line ends
     * @throws dev.rookery.api.ConflictException if the process does not run
     */
    void sendCommands(List<String> lines);

    /** Has the node fetch the server's configuration again and apply it. */
    void sync();

    /** Has the node run the install script again, keeping the files. Needs {@code settings.reinstall}. */
    void reinstall();

    /** Removes the server with its container and files. Repeating is harmless: the second call says not found. */
    void delete();

    /**
     * Returns the last lines of the console. Needs {@code websocket.connect}.
     *
     * @param lines how many at most, 1 to 100
     */
    List<String> logs(int lines);

    /** Returns the output of the last installation, empty if there was none. */
    String installLog();

    /** Returns the server's files. */
    NodeFiles files();

    /**
     * Opens a live console. Needs {@code websocket.connect}; each action on it needs its own permission.
     *
     * @param options where to begin
     * @param listener is called by one thread at a time, in order, until {@link ConsoleListener#onClosed}
     */
    Console console(ConsoleOptions options, ConsoleListener listener);
}
