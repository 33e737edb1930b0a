package dev.rookery.api.node;

import dev.rookery.api.Incubating;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleHistoryPage;
import dev.rookery.api.console.ConsoleHistoryQuery;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.transfer.TransferRequest;
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

    /** Has the node run the install script as for a new server. Only for the panel itself. */
    default void install() {
        throw new NotOfferedException(Capability.INSTALL);
    }

    /**
     * Ends a running installation, which counts as failed. Only for the panel itself.
     *
     * @throws dev.rookery.api.ConflictException if none is running
     */
    default void abortInstall() {
        throw new NotOfferedException(Capability.ABORT_INSTALL);
    }

    /** Removes the server with its container and files. Repeating is harmless: the second call says not found. */
    void delete();

    /**
     * Returns the last lines of the console. Needs {@code websocket.connect}.
     *
     * @param lines how many at most, 1 to 100
     */
    List<String> logs(int lines);

    /**
     * Returns stored lines of the console: a page of them, or those in which something is found. Needs {@code websocket.connect}.
     *
     * @throws dev.rookery.api.UnavailableException if too many of these calls are being answered
     */
    @Incubating
    default ConsoleHistoryPage consoleHistory(ConsoleHistoryQuery query) {
        throw new NotOfferedException(Capability.CONSOLE_HISTORY);
    }

    /** Returns the output of the last installation, empty if there was none. */
    String installLog();

    /** Returns the server's files. */
    NodeFiles files();

    /** Returns the server's backups. */
    default NodeBackups backups() {
        throw new NotOfferedException(Capability.BACKUPS);
    }

    /**
     * Begins to move the server to another node, after stopping it. The outcome reaches the panel as a report of either node. Only for the
     * panel itself.
     *
     * @throws dev.rookery.api.ConflictException if it is being moved already
     */
    default void transfer(TransferRequest request) {
        throw new NotOfferedException(Capability.TRANSFERS);
    }

    /**
     * Ends the move of the server to another node. Only for the panel itself.
     *
     * @throws dev.rookery.api.ConflictException if it is not being moved
     */
    default void cancelTransfer() {
        throw new NotOfferedException(Capability.TRANSFERS);
    }

    /**
     * Refuses tokens of this server from now on. Only for the panel itself.
     *
     * @param ids the {@code jti} of each
     */
    default void denyTokens(List<String> ids) {
        throw new NotOfferedException(Capability.TOKEN_DENIAL);
    }

    /**
     * Opens a live console. Needs {@code websocket.connect}; each action on it needs its own permission.
     *
     * @param options where to begin
     * @param listener is called by one thread at a time, in order, until {@link ConsoleListener#onClosed}
     */
    Console console(ConsoleOptions options, ConsoleListener listener);
}
