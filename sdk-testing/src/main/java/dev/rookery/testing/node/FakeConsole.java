package dev.rookery.testing.node;

import dev.rookery.api.Caller;
import dev.rookery.api.RookeryException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.permission.Permission;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A console of a {@link FakeNode}, with a thread of its own for its listener. */
final class FakeConsole implements Console {

    private static final int LAST_LINES = 150;
    /** More lines than the contract's flood; a listener that is slower gets a gap. */
    private static final int WAITING_MAX = 20_000;

    private static final long EXPIRING_MILLIS = 60_000;

    private final FakeServer server;
    private final Caller caller;
    private final Clock clock;
    private final ConsoleListener listener;
    private final BlockingQueue<Letter> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private long gapFrom;
    private long gapTo;

    /** An event on its way, or the end. */
    private record Letter(@Nullable ConsoleEvent event) {}

    FakeConsole(FakeServer server, Caller caller, Clock clock, ConsoleListener listener) {
        this.server = server;
        this.caller = caller;
        this.clock = clock;
        this.listener = listener;
        var thread = new Thread(this::deliver, "fake-console");
        thread.setDaemon(true);
        thread.start();
    }

    boolean belongsTo(UUID user) {
        return caller instanceof Caller.User given && given.user().equals(user);
    }

    /** Says when the authority of the caller ends, and ends the console then. */
    void watchAuthority(ScheduledExecutorService timer) {
        if (caller instanceof Caller.User user) {
            long millis = Duration.between(clock.instant(), user.expiresAt()).toMillis();
            timer.schedule(
                    () -> offer(new ConsoleEvent.AuthorityExpiring()),
                    Math.max(0, millis - EXPIRING_MILLIS),
                    TimeUnit.MILLISECONDS);
            timer.schedule(
                    () -> {
                        offer(new ConsoleEvent.AuthorityLost("the authority expired at " + user.expiresAt()));
                        close();
                    },
                    Math.max(0, millis),
                    TimeUnit.MILLISECONDS);
        }
    }

    synchronized void offer(ConsoleEvent event) {
        boolean hidden = event.permission()
                .filter(needed -> !caller.may(needed, clock.instant()))
                .isPresent();
        if (hidden || !open.get()) {
            return;
        }
        if (event instanceof ConsoleEvent.Output output && output.number().isPresent() && queue.size() >= WAITING_MAX) {
            long number = output.number().getAsLong();
            gapFrom = gapFrom == 0 ? number : gapFrom;
            gapTo = number;
            return;
        }
        if (gapFrom != 0) {
            queue.add(new Letter(new ConsoleEvent.Gap(gapFrom, gapTo)));
            gapFrom = 0;
        }
        queue.add(new Letter(event));
    }

    @Override
    public void sendCommand(String line) {
        attempt(Permission.CONSOLE, () -> server.send(line));
    }

    @Override
    public void setState(PowerAction action) {
        attempt(action.permission(), () -> server.power(action));
    }

    @Override
    public void requestLogs() {
        attempt(Permission.CONNECT, () -> server.replayLast(this, LAST_LINES));
    }

    @Override
    public void requestStats() {
        attempt(Permission.CONNECT, () -> offer(server.stats()));
    }

    @Override
    public boolean open() {
        return open.get();
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            server.detach(this);
            queue.add(new Letter(null));
        }
    }

    private void attempt(Permission permission, Runnable action) {
        try {
            caller.require(permission, clock.instant());
            action.run();
        } catch (RookeryException e) {
            offer(new ConsoleEvent.DaemonError(String.valueOf(e.getMessage())));
        }
    }

    private void deliver() {
        try {
            for (var event = queue.take().event();
                    event != null;
                    event = queue.take().event()) {
                listener.onEvent(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.onClosed("closed");
    }
}
