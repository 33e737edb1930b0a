package dev.rookery.panel.internal.relay;

import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.permission.Permission;
import dev.rookery.panel.BrowserEvent;
import dev.rookery.panel.BrowserSink;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser at a console: takes events without ever waiting, and hands them to its sink one by one, on a thread only while there are
 * some. Thread-safe; the sink is called without holding the lock, which is this object.
 */
public final class Browser {

    private static final Logger LOG = LoggerFactory.getLogger(Browser.class);

    private final Caller.User user;
    private final ServerId server;
    private final BrowserSink sink;
    private final Executor executor;
    private final Consumer<Browser> onGone;
    private final BrowserQueue queue;
    private final Cursor cursor;

    private boolean draining;
    private boolean gone;
    private Optional<String> closing = Optional.empty();

    Browser(
            Caller.User user,
            ServerId server,
            OptionalLong after,
            BrowserSink sink,
            int capacity,
            Executor executor,
            Consumer<Browser> onGone) {
        this.user = user;
        this.server = server;
        this.sink = sink;
        this.queue = new BrowserQueue(capacity);
        this.cursor = new Cursor(after);
        this.executor = executor;
        this.onGone = onGone;
    }

    /** Returns whose it is. */
    public Caller.User user() {
        return user;
    }

    /** Returns which server's console it is at. */
    public ServerId server() {
        return server;
    }

    /** Fails if the user may not do something, or has left. */
    public void require(Permission permission, Instant now) {
        if (!open()) {
            throw new DeniedException("this console was closed");
        }
        user.require(permission, now);
    }

    /** Returns whether it hears events. */
    public synchronized boolean open() {
        return !gone && closing.isEmpty();
    }

    /** Ends it from its own side. */
    public void leave() {
        if (markGone()) {
            onGone.accept(this);
        }
    }

    /** Queues events, if the user may know them. */
    void tell(Collection<BrowserEvent> events) {
        synchronized (this) {
            if (gone || closing.isPresent()) {
                return;
            }
            for (var event : events) {
                if (Filter.permits(user.permissions(), event)) {
                    cursor.next(event).forEach(queue::add);
                }
            }
        }
        drainSoon();
    }

    /** Queues one event, if the user may know it. */
    public void tell(BrowserEvent event) {
        tell(List.of(event));
    }

    /**
     * Ends it from this side.
     *
     * @param reason for people
     * @param atOnce drops what is queued: its user may not see it any more
     */
    void end(String reason, boolean atOnce) {
        synchronized (this) {
            if (gone || closing.isPresent()) {
                return;
            }
            closing = Optional.of(reason);
            if (atOnce) {
                queue.clear();
            }
        }
        onGone.accept(this);
        drainSoon();
    }

    private synchronized boolean markGone() {
        boolean first = !gone && closing.isEmpty();
        gone = true;
        return first;
    }

    private void drainSoon() {
        synchronized (this) {
            if (draining || gone) {
                return;
            }
            draining = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.debug("the relay closes; a browser at {} was not told", server, e);
        }
    }

    private void drain() {
        try {
            for (var step = nextStep(); step.isPresent(); step = nextStep()) {
                step.get().run();
            }
        } catch (RuntimeException e) {
            LOG.info("a browser at the console of {} is gone: {}", server, e.toString());
            leave();
        }
    }

    /** Returns what to do with the sink; if that is nothing, whoever adds an event starts the next drain. */
    private synchronized Optional<Runnable> nextStep() {
        if (!gone) {
            var event = queue.poll();
            if (event.isPresent()) {
                return event.map(e -> () -> sink.send(e));
            }
            if (closing.isPresent()) {
                gone = true;
                var reason = closing.get();
                return Optional.of(() -> sink.close(reason));
            }
        }
        draining = false;
        return Optional.empty();
    }
}
