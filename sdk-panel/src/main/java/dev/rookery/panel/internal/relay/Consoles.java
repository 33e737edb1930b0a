package dev.rookery.panel.internal.relay;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserSink;
import dev.rookery.panel.ConsoleRelayOptions;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** The consoles that are open, by server, each with its browsers. Thread-safe; nodes and sinks are called without holding the lock. */
public final class Consoles {

    private final PanelService service;
    private final ConsoleRelayOptions options;
    private final Clock clock;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Object lock = new Object();
    private final Map<ServerId, SharedConsole> open = new HashMap<>();
    private final List<Browser> browsers = new ArrayList<>();
    private boolean closed;

    /** Creates an empty set. */
    public Consoles(
            PanelService service,
            ConsoleRelayOptions options,
            Clock clock,
            Executor executor,
            ScheduledExecutorService timer) {
        this.service = service;
        this.options = options;
        this.clock = clock;
        this.executor = executor;
        this.timer = timer;
    }

    /** Adds a browser, opening the console for the first one. */
    public Browser attach(Caller.User user, ServerId server, OptionalLong after, BrowserSink sink) {
        var browser = new Browser(user, server, after, sink, options.queue(), executor, this::detach);
        synchronized (lock) {
            requireRoom(user, server);
            browsers.add(browser);
            var console = open.computeIfAbsent(
                    server, id -> new SharedConsole(id, service, options, executor, timer, this::deleted));
            browser.tell(new BrowserEvent.Connected(user.permissions()));
            console.attach(browser, after.isPresent());
        }
        return browser;
    }

    /** Ends a user's browsers at one server. */
    public void disconnect(UUID user, ServerId server, String reason) {
        snapshot().stream()
                .filter(b -> b.user().user().equals(user) && b.server().equals(server))
                .forEach(b -> b.end(reason, true));
    }

    /** Ends all browsers of a user. */
    public void disconnect(UUID user, String reason) {
        snapshot().stream().filter(b -> b.user().user().equals(user)).forEach(b -> b.end(reason, true));
    }

    /** Ends every browser whose user's authority has run out. */
    public void sweep() {
        var now = clock.instant();
        snapshot().stream()
                .filter(b -> !now.isBefore(b.user().expiresAt()))
                .forEach(b -> b.end("your session has ended; log in again", true));
    }

    /** Ends everything. */
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        snapshot().forEach(b -> b.end("the panel is shutting down", false));
    }

    private void requireRoom(Caller.User user, ServerId server) {
        if (closed) {
            throw new PanelException(Problem.TOO_MANY_CONSOLES, "the panel is shutting down");
        }
        long atServer = browsers.stream().filter(b -> b.server().equals(server)).count();
        long ofUser = browsers.stream()
                .filter(b -> b.user().user().equals(user.user()))
                .count();
        if (atServer >= options.browsersPerServer()) {
            throw new PanelException(
                    Problem.TOO_MANY_CONSOLES,
                    "the console of this server is open " + atServer + " times (expected: less than "
                            + options.browsersPerServer() + ")");
        }
        if (ofUser >= options.browsersPerUser()) {
            throw new PanelException(
                    Problem.TOO_MANY_CONSOLES,
                    "you have " + ofUser + " consoles open (expected: less than " + options.browsersPerUser() + ")");
        }
    }

    private void detach(Browser browser) {
        SharedConsole left = null;
        synchronized (lock) {
            browsers.remove(browser);
            var console = open.get(browser.server());
            if (console != null && console.detach(browser)) {
                open.remove(browser.server());
                left = console;
            }
        }
        if (left != null) {
            left.close();
        }
    }

    private void deleted(ServerId server) {
        snapshot().stream().filter(b -> b.server().equals(server)).forEach(b -> b.end("the server was deleted", false));
    }

    private List<Browser> snapshot() {
        synchronized (lock) {
            return List.copyOf(browsers);
        }
    }
}
