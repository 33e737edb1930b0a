package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Lets so many tasks of one kind run at a time. The others wait in line, in order, until a place is free or they are cancelled. Thread-safe. */
public final class Gate {

    private final int places;
    private final Consumer<Runnable> later;
    private final ArrayDeque<CompletableFuture<Boolean>> line = new ArrayDeque<>();
    private int inside;

    /** Creates a gate with {@code places} places, each held until its task has ended. */
    public Gate(int places) {
        this(places, leave -> {});
    }

    private Gate(int places, Consumer<Runnable> later) {
        this.places = places;
        this.later = later;
    }

    /** Returns a gate whose places are held for so long at most: one task that hangs does not hold up the others. */
    public static Gate withLimit(int places, Duration longest, ScheduledExecutorService timer) {
        return new Gate(places, leave -> timer.schedule(leave, longest.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Waits for a place.
     *
     * @param waiting is told how many are before this one, if it has to wait
     * @param cancel ends the wait
     * @throws UnavailableException if the wait was cancelled
     */
    Place enter(IntConsumer waiting, CancelSignal cancel) {
        var ticket = new CompletableFuture<Boolean>();
        int before;
        boolean free;
        synchronized (line) {
            free = inside < places;
            before = line.size();
            if (free) {
                inside++;
            } else {
                line.add(ticket);
            }
        }
        if (!free) {
            await(ticket, before, waiting, cancel);
        }
        return taken();
    }

    @SuppressWarnings("try") // The registration is held open, not used.
    private void await(CompletableFuture<Boolean> ticket, int before, IntConsumer waiting, CancelSignal cancel) {
        try (var registration = cancel.onCancel(() -> ticket.cancel(false))) {
            waiting.accept(before);
            ticket.get();
        } catch (CancellationException e) {
            throw new UnavailableException("nobody waits for it any more", e);
        } catch (InterruptedException e) {
            if (!ticket.cancel(false)) {
                leave();
            }
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            if (!ticket.cancel(false)) {
                leave();
            }
            throw e;
        } finally {
            synchronized (line) {
                line.removeIf(CompletableFuture::isDone);
            }
        }
    }

    /** Takes a place even if there is none: what runs already after a restart of the daemon goes on. */
    Place resume() {
        synchronized (line) {
            inside++;
        }
        return new Place();
    }

    private void leave() {
        synchronized (line) {
            inside--;
            while (inside < places && !line.isEmpty()) {
                // Who was cancelled meanwhile does not take it.
                if (line.remove().complete(true)) {
                    inside++;
                }
            }
        }
    }

    private Place taken() {
        var place = new Place();
        try {
            later.accept(place::close);
            return place;
        } catch (RuntimeException e) {
            place.close();
            throw new UnavailableException("the node is stopping", e);
        }
    }

    /** A place; closed when the task has ended. */
    final class Place implements AutoCloseable {

        private final AtomicBoolean left = new AtomicBoolean();

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                leave();
            }
        }
    }
}
