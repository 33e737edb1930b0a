package dev.rookery.daemon.internal.node;

import dev.rookery.api.Caller;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permission;
import dev.rookery.daemon.internal.console.ConsoleFeed;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.NodeServices;
import java.util.List;
import java.util.OptionalLong;

/** One open console of one caller. Thread-safe. */
final class DaemonConsole implements Console {

    private final DaemonServer port;
    private final ManagedServer server;
    private final NodeServices services;
    private final Caller caller;
    private final OpenConsoles open;
    private final ConsoleFeed feed;

    private DaemonConsole(
            DaemonServer port,
            ManagedServer server,
            NodeRuntime runtime,
            Caller caller,
            ConsoleOptions options,
            ConsoleListener listener) {
        this.port = port;
        this.server = server;
        this.services = runtime.services();
        this.open = runtime.consoles();
        this.caller = caller;
        var authority = new AuthorityWatch(caller, services.clock(), this::lost);
        this.feed = new ConsoleFeed(
                server.console().log(),
                server.console().history(),
                options,
                listener,
                this::permitted,
                () -> new ConsoleEvent.Status(server.state().phase().power()),
                authority::look);
    }

    static DaemonConsole open(
            DaemonServer port,
            ManagedServer server,
            NodeRuntime runtime,
            Caller caller,
            ConsoleOptions options,
            ConsoleListener listener) {
        var console = new DaemonConsole(port, server, runtime, caller, options, listener);
        console.begin();
        return console;
    }

    @Override
    public void sendCommand(String line) {
        attempt(Permission.CONSOLE, () -> port.sendCommands(List.of(line)));
    }

    @Override
    public void setState(PowerAction action) {
        attempt(action.permission(), () -> port.power(action));
    }

    @Override
    public void requestLogs() {
        attempt(
                Permission.CONNECT,
                () -> server.console()
                        .log()
                        .tail(services.options().system().websocketLogCount())
                        .forEach(line ->
                                feed.tell(new ConsoleEvent.Output(line.text(), OptionalLong.of(line.number())))));
    }

    @Override
    public void requestStats() {
        attempt(
                Permission.CONNECT,
                () -> feed.tell(new ConsoleEvent.Stats(server.usage().now())));
    }

    @Override
    public boolean open() {
        return feed.open();
    }

    @Override
    public void close() {
        feed.close("closed");
    }

    Caller caller() {
        return caller;
    }

    ServerId server() {
        return server.id();
    }

    /** Ends the console because its caller's authority was taken back. */
    void takeBack() {
        feed.tell(new ConsoleEvent.AuthorityLost("the authority of user "
                + (caller instanceof Caller.User user ? user.user().toString() : "") + " was taken back"));
        lost();
    }

    private void begin() {
        server.console().add(feed);
        open.add(this);
        feed.tell(new ConsoleEvent.Stats(server.usage().now()));
        services.threads().execute(() -> {
            try {
                feed.run();
            } finally {
                server.console().remove(feed);
                open.remove(this);
            }
        });
    }

    private void attempt(Permission permission, Runnable action) {
        try {
            caller.require(permission, services.clock().instant());
            action.run();
        } catch (RookeryException e) {
            feed.tell(new ConsoleEvent.DaemonError(String.valueOf(e.getMessage())));
        }
    }

    private boolean permitted(ConsoleEvent event) {
        var needed = event.permission();
        return needed.isEmpty() || caller.may(needed.get(), services.clock().instant());
    }

    private void lost() {
        feed.close("the authority of this console has ended");
    }
}
