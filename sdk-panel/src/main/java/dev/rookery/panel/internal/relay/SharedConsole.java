package dev.rookery.panel.internal.relay;

import dev.rookery.api.Caller;
import dev.rookery.api.ServerId;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.node.Capability;
import dev.rookery.kit.Backoff;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserEvent.NodeConnection;
import dev.rookery.panel.BrowserEvent.Told;
import dev.rookery.panel.ConsoleRelayOptions;
import dev.rookery.panel.PanelService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's console with the browsers that share it. While there are browsers, a lost connection is tried again. Connections are numbered, and
 * what an earlier one still tells is dropped. Thread-safe; the lock guards the fields, and only {@link Browser#tell}, which never waits, is
 * called while it is held, so that every browser hears the same order.
 */
final class SharedConsole {

    private static final Logger LOG = LoggerFactory.getLogger(SharedConsole.class);
    private static final double RETRY_FACTOR = 2;
    private static final double RETRY_JITTER = 0.2;

    private final ServerId server;
    private final PanelService service;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Consumer<ServerId> onDeleted;
    private final Backoff backoff;
    private final Recent recent;
    private final Object lock = new Object();
    private final List<Browser> browsers = new ArrayList<>();

    private int connectionNumber;
    private int failures;
    private boolean started;
    private boolean numbered;
    private boolean logsAsked;
    private boolean wantsLogs;
    private boolean closed;
    private Optional<NodeConnection> lastConnection = Optional.empty();
    private @Nullable Console connection;

    SharedConsole(
            ServerId server,
            PanelService service,
            ConsoleRelayOptions options,
            Executor executor,
            ScheduledExecutorService timer,
            Consumer<ServerId> onDeleted) {
        this.server = server;
        this.service = service;
        this.executor = executor;
        this.timer = timer;
        this.onDeleted = onDeleted;
        this.backoff = Backoff.of(options.firstRetry(), RETRY_FACTOR, options.maxRetry(), RETRY_JITTER);
        this.recent = new Recent(options.recentLines());
    }

    void attach(Browser browser, boolean resumed) {
        int number;
        synchronized (lock) {
            lastConnection.ifPresent(browser::tell);
            browser.tell(recent.replay(resumed));
            browsers.add(browser);
            if (started) {
                return;
            }
            started = true;
            number = ++connectionNumber;
        }
        submit(() -> connect(number));
    }

    /** Removes a browser; returns whether it was the last. */
    boolean detach(Browser browser) {
        synchronized (lock) {
            browsers.remove(browser);
            return browsers.isEmpty();
        }
    }

    void close() {
        Console last;
        synchronized (lock) {
            closed = true;
            connectionNumber++;
            last = connection;
            connection = null;
        }
        if (last != null) {
            // Closing may wait for the network, and whoever detaches is often a browser's own thread.
            submit(last::close);
        }
    }

    private void connect(int number) {
        Console console;
        try {
            console = open(number);
        } catch (RuntimeException e) {
            LOG.info("server {}: its console cannot be opened: {}", server, e.toString());
            lost(number, Optional.ofNullable(e.getMessage()).orElse("unknown error"));
            return;
        }
        boolean stale;
        boolean logs;
        synchronized (lock) {
            stale = closed || number != connectionNumber;
            if (!stale) {
                connection = console;
            }
            logs = wantsLogs;
            wantsLogs = false;
        }
        if (stale) {
            console.close();
        } else if (logs) {
            console.requestLogs();
        }
    }

    private Console open(int number) {
        var node = service.onNode(server, Caller.panel());
        boolean numbered = service.capabilities(server).contains(Capability.NUMBERED_CONSOLE);
        ConsoleOptions options;
        synchronized (lock) {
            this.numbered = numbered;
            logsAsked = false;
            wantsLogs = false;
            options = numbered ? ConsoleOptions.after(recent.lastNumber()) : ConsoleOptions.live();
            if (!numbered) {
                recent.forgetLines();
            }
        }
        return node.console(options, new Connection(number));
    }

    private void heard(int number, ConsoleEvent event) {
        synchronized (lock) {
            if (closed || number != connectionNumber) {
                return;
            }
            if (event instanceof ConsoleEvent.Connected) {
                failures = 0;
                tellConnection(new NodeConnection(true, Optional.empty()));
                askForLogs();
                return;
            }
            recent.add(event);
            var told = new Told(event);
            browsers.forEach(browser -> browser.tell(told));
        }
        if (event instanceof ConsoleEvent.Deleted) {
            submit(() -> onDeleted.accept(server));
        }
    }

    /** The console has lost its node and tries again by itself. */
    private void paused(int number, String reason) {
        synchronized (lock) {
            if (!closed && number == connectionNumber) {
                tellConnection(new NodeConnection(false, Optional.of(reason)));
            }
        }
    }

    private void lost(int number, String reason) {
        int next;
        int failed;
        Console broken;
        synchronized (lock) {
            if (closed || number != connectionNumber) {
                return;
            }
            broken = connection;
            connection = null;
            next = ++connectionNumber;
            failed = ++failures;
            tellConnection(new NodeConnection(false, Optional.of(reason)));
        }
        if (broken != null) {
            submit(broken::close);
        }
        var pause = backoff.pauseAfter(failed);
        try {
            var ignored = timer.schedule(() -> submit(() -> connect(next)), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the relay closes; the console of {} is not tried again", server, e);
        }
    }

    /**
     * A node that does not number its lines tells the last ones when asked, which it understands once it has said hello. A console that comes
     * back by itself sees to what was missed by itself.
     */
    private void askForLogs() {
        var present = connection;
        if (numbered || logsAsked) {
            return;
        }
        logsAsked = true;
        if (present == null) {
            wantsLogs = true;
        } else {
            submit(present::requestLogs);
        }
    }

    private void tellConnection(NodeConnection now) {
        if (lastConnection.filter(now::equals).isEmpty()) {
            lastConnection = Optional.of(now);
            BrowserEvent event = now;
            browsers.forEach(browser -> browser.tell(event));
        }
    }

    private void submit(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the relay closes", e);
        }
    }

    /** Hears one connection. */
    private final class Connection implements ConsoleListener {

        private final int number;

        Connection(int number) {
            this.number = number;
        }

        @Override
        public void onEvent(ConsoleEvent event) {
            if (event instanceof ConsoleEvent.AuthorityLost gone) {
                lost(number, "the node does not accept the panel: " + gone.text());
                return;
            }
            heard(number, event);
        }

        @Override
        public void onDisconnected(String reason) {
            paused(number, reason);
        }

        @Override
        public void onClosed(String reason) {
            lost(number, reason);
        }
    }
}
