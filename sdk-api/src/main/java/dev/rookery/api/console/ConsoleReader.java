package dev.rookery.api.console;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.DeadlineException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.node.NodeServer;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A console to be read at one's own pace, on one's own thread. Reading waits for the next event; the end of the console is the end of the
 * iteration. Holds a limited number of events; what a reader that is slower misses, a {@link ConsoleEvent.Gap} announces.
 *
 * <pre>{@code
 * try (var reader = ConsoleReader.open(server, ConsoleOptions.live())) {
 *     reader.console().sendCommand("list");
 *     while (reader.hasNext()) {
 *         if (reader.next() instanceof ConsoleEvent.Output output) { ... }
 *     }
 * }
 * }</pre>
 *
 * <p>To be read by one thread at a time; closing from another ends a read that waits.
 */
public final class ConsoleReader implements Iterator<ConsoleEvent>, AutoCloseable {

    private static final int EVENTS_MAX = 1024;

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final ConsoleGate gate;
    private final Console console;
    private @Nullable Item next;
    private volatile boolean closed;

    /** What was read. */
    private sealed interface Item {

        record Event(ConsoleEvent event) implements Item {}

        record End(String reason) implements Item {}
    }

    private ConsoleReader(ConsoleSource source, int eventsMax) {
        this.gate = new ConsoleGate(new ConsoleGate.Exit() {
            @Override
            public void onEvent(ConsoleEvent event) {
                items.add(new Item.Event(event));
            }

            @Override
            public void onEnd(String reason) {
                items.add(new Item.End(reason));
            }
        });
        gate.permit(eventsMax);
        this.console = source.open(gate);
    }

    /** Opens the console of a server. */
    public static ConsoleReader open(NodeServer server, ConsoleOptions options) {
        return open(ConsoleSource.of(server, options));
    }

    /** Opens a console; at most 1024 events wait to be read. */
    public static ConsoleReader open(ConsoleSource source) {
        return open(source, EVENTS_MAX);
    }

    /**
     * Opens a console.
     *
     * @param source opens it
     * @param eventsMax how many events wait to be read at most, at least 1
     */
    public static ConsoleReader open(ConsoleSource source, int eventsMax) {
        if (eventsMax < 1) {
            throw new InvalidInputException("eventsMax: " + eventsMax + " (expected: >= 1)");
        }
        return new ConsoleReader(requireNonNull(source, "source"), eventsMax);
    }

    /** Returns the console itself, to send with. */
    public Console console() {
        return console;
    }

    /**
     * Waits for an event and returns it; empty if none came in time, or none will come.
     *
     * @throws DeadlineException if the thread was interrupted
     */
    public Optional<ConsoleEvent> poll(Duration timeout) {
        try {
            if (next == null && !closed) {
                next = items.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return take();
    }

    /**
     * Waits until an event is there, or none will come any more.
     *
     * @throws DeadlineException if the thread was interrupted
     */
    @Override
    public boolean hasNext() {
        try {
            if (next == null && !closed) {
                next = items.take();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return next instanceof Item.Event && !closed;
    }

    /** Waits for the next event. */
    @Override
    public ConsoleEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the console has ended");
        }
        return take().orElseThrow();
    }

    /** Returns why no more events come, once the last one was read. */
    public Optional<String> endReason() {
        return next instanceof Item.End end ? Optional.of(end.reason()) : Optional.empty();
    }

    /** Ends the console and whoever reads from it; what was not read is dropped. Repeating has no effect. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            gate.shut();
            console.close();
            // Wakes the reader, whether or not the console says anything more.
            items.add(new Item.End("closed here"));
        }
    }

    private Optional<ConsoleEvent> take() {
        if (closed || !(next instanceof Item.Event event)) {
            return Optional.empty();
        }
        next = null;
        gate.permit(1);
        return Optional.of(event.event());
    }

    private static DeadlineException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new DeadlineException("reading a console was interrupted", e);
    }
}
