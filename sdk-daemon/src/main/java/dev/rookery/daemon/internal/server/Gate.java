package dev.rookery.daemon.internal.server;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.UnavailableException;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;

/** Lets so many tasks of one kind run at a time. The others wait in line, in order, until a place is free or they are cancelled. Thread-safe. */
public final class Gate {

    private final int places;
    private final ArrayDeque<CompletableFuture<Boolean>> line = new ArrayDeque<>();
    private int inside;

    /** Creates a gate with {@code places} places. */
    public Gate(int places) {
        this.places = places;
    }

    /**
     * Waits for a place.
     *
     * @param waiting is told how many are before this one, if it has to wait
     * @param cancel ends the wait
     * @throws UnavailableException if the wait was cancelled
     */
    @SuppressWarnings("try") // The registration is held open, not used.
    Place enter(IntConsumer waiting, CancelSignal cancel) {
        var ticket = new CompletableFuture<Boolean>();
        int before;
        synchronized (line) {
            if (inside < places) {
                inside++;
                return new Place();
            }
            before = line.size();
            line.add(ticket);
        }
        try (var registration = cancel.onCancel(() -> ticket.cancel(false))) {
            waiting.accept(before);
            ticket.get();
            return new Place();
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

    /** A place; closed when the task has ended. */
    final class Place implements AutoCloseable {

        private boolean left;

        @Override
        public void close() {
            if (!left) {
                left = true;
                leave();
            }
        }
    }
}
