package dev.rookery.wings.internal;

import dev.rookery.api.CallOptions;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.console.Console;
import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.console.ConsoleListener;
import dev.rookery.api.console.ConsoleOptions;
import dev.rookery.api.dialect.ConsoleFrames;
import dev.rookery.api.dialect.ConsoleFrames.Frame;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.permission.Permission;
import dev.rookery.kit.Correlation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A console over a socket that is made again whenever it breaks. Source: node API §4.
 *
 * <p>Its parts share one lock. What runs under that never waits: sending only queues, events only go into the queue of the
 * {@link Delivery}, and closing a socket is put off until the lock is free.
 */
final class WingsConsole implements Console {

    /** The longest frame that a node takes, in bytes. Source: node API §4.2. */
    static final int FRAME_BYTES_MAX = 4095;

    private final String peer;
    private final Authority authority;
    private final ConsoleLock lock = new ConsoleLock();
    private final Delivery delivery;
    private final ConsoleInbox inbox;
    private final ConsoleOutbox outbox;
    private final ConsoleLink link;

    private WingsConsole(
            ConsoleSettings console,
            Failures failures,
            Authority authority,
            CallOptions call,
            ConsoleOptions options,
            ConsoleListener listener) {
        this.peer = failures.peer();
        this.authority = authority;
        var timers = new Timers<>(ConsoleDue.class, console.timer(), lock::run);
        this.outbox = new ConsoleOutbox(console.timer(), timers);
        this.delivery = new Delivery(
                listener, console.queueEvents(), ConsoleSettings.QUEUE_CHARS, () -> lock.run(this::caughtUp));
        this.inbox = new ConsoleInbox(options.after(), delivery, timers, outbox::urgent);
        this.link = new ConsoleLink(
                console,
                failures,
                authority,
                call.correlationId().or(Correlation::current),
                options.after().isPresent(),
                new ConsoleParts(lock, timers, delivery, inbox, outbox));
    }

    /**
     * Opens a console and waits until the node has accepted us.
     *
     * @param console what the consoles of a node share
     * @param failures explains what the node answers
     * @param authority on whose authority it is
     * @param call bounds the wait
     * @param otherwise how long to wait if {@code call} does not say
     * @throws RookeryException if it does not; the listener hears nothing more then
     */
    static Console open(
            ConsoleSettings console,
            Failures failures,
            Authority authority,
            CallOptions call,
            Duration otherwise,
            ConsoleOptions options,
            ConsoleListener listener) {
        var opening = new WingsConsole(console, failures, authority, call, options, listener);
        opening.lock.run(opening.link::open);
        opening.awaitOpened(call, otherwise);
        return opening;
    }

    @Override
    public void sendCommand(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new InvalidInputException("command with a line end (expected: one line)");
        }
        var frame = Frame.of(ConsoleFrames.SEND_COMMAND, line);
        int bytes = ConsoleFrames.writeInbound(frame).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > FRAME_BYTES_MAX) {
            throw new InvalidInputException("command of " + bytes + " bytes as a console frame (expected: at most "
                    + FRAME_BYTES_MAX + " bytes)");
        }
        lock.run(() -> {
            if (allowed(Permission.CONSOLE, "the command was not sent")) {
                if (link.state().equals(ServerState.OFFLINE)) {
                    // Wings would drop it without a word.
                    refuse("the server is offline; the command was not sent");
                } else {
                    enqueue(frame);
                }
            }
        });
    }

    @Override
    public void setState(PowerAction action) {
        lock.run(() -> {
            if (allowed(action.permission(), action.wireName() + " was not asked for")) {
                enqueue(Frame.of(ConsoleFrames.SET_STATE, action.wireName()));
            }
        });
    }

    @Override
    public void requestLogs() {
        lock.run(() -> {
            if (allowed(Permission.CONNECT, "the logs were not asked for")) {
                enqueue(Frame.of(ConsoleFrames.SEND_LOGS));
            }
        });
    }

    @Override
    public void requestStats() {
        lock.run(() -> {
            if (allowed(Permission.CONNECT, "the stats were not asked for")) {
                enqueue(Frame.of(ConsoleFrames.SEND_STATS));
            }
        });
    }

    @Override
    public boolean open() {
        return lock.get(() -> !link.closed());
    }

    @Override
    public void close() {
        lock.run(() -> {
            if (!link.closed()) {
                link.shut(true);
                delivery.end("closed here", true);
            }
        });
    }

    private void awaitOpened(CallOptions bounds, Duration otherwise) {
        var deadline = bounds.deadline().orElse(otherwise);
        var opened = link.opened();
        var registration = bounds.cancel()
                .map(signal -> signal.onCancel(
                        () -> opened.completeExceptionally(new DeadlineException(what() + " was cancelled"))));
        boolean open = false;
        try {
            opened.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            open = true;
        } catch (TimeoutException e) {
            throw new DeadlineException(what() + " got no answer within " + deadline.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlineException(what() + " was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RookeryException failure) {
                throw failure;
            }
            throw new IllegalStateException(what() + " failed unexpectedly", e);
        } finally {
            registration.ifPresent(CancelSignal.Registration::close);
            if (!open) {
                lock.run(() -> {
                    link.shut(false);
                    delivery.abandon();
                });
            }
        }
    }

    private boolean allowed(Permission permission, String otherwise) {
        if (link.closed()) {
            throw new ConflictException(what() + " is closed; " + otherwise);
        }
        if (!authority.may(permission)) {
            refuse(authority + " lacks the permission " + permission + "; " + otherwise);
            return false;
        }
        if (!link.live()) {
            refuse("there is no connection to the node at present; " + otherwise);
            return false;
        }
        return true;
    }

    private void enqueue(Frame frame) {
        if (!outbox.add(frame)) {
            refuse("more than " + Pacer.WAITING_MAX + " requests wait for the node; '" + frame.event()
                    + "' was not sent");
        }
    }

    private void refuse(String text) {
        inbox.accept(new ConsoleEvent.DaemonError(text));
    }

    private void caughtUp() {
        inbox.caughtUp();
    }

    private String what() {
        return peer + ": " + Parting.SOCKET;
    }
}
