package dev.rookery.daemon.internal.environment.docker;

import dev.rookery.api.CancelSignal;
import dev.rookery.api.DeadlineException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.spi.ImageListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls each image once at a time, for all who want it meanwhile: they hear the same progress and the same end. One who gives up leaves the
 * others alone; when nobody is left, the pull is ended. Thread-safe.
 */
@SuppressWarnings("try") // Registrations are held open, not used.
final class PullFlights {

    private static final Logger LOG = LoggerFactory.getLogger(PullFlights.class);

    private final Executor threads;
    private final Duration timeout;
    private final Map<String, Flight> flights = new HashMap<>();

    PullFlights(Executor threads, Duration timeout) {
        this.threads = threads;
        this.timeout = timeout;
    }

    /**
     * Waits until an image was pulled.
     *
     * @param pull does it, on a thread of its own, until it is told to stop
     */
    void join(ImageReference image, ImageListener listener, CancelSignal cancel, Pull pull) {
        var key = image.toString();
        Flight flight;
        boolean first;
        synchronized (flights) {
            var present = flights.get(key);
            first = present == null;
            flight = present == null ? new Flight(key) : present;
            flight.listeners.add(listener);
            flights.put(key, flight);
        }
        if (first) {
            begin(flight, pull);
        } else {
            listener.line("The image is being pulled already; waiting for that.");
        }
        try {
            await(flight, cancel);
        } finally {
            leave(flight, listener);
        }
    }

    private void begin(Flight flight, Pull pull) {
        try {
            threads.execute(() -> {
                try {
                    pull.pull(flight, flight.stop);
                    flight.end.complete(true);
                } catch (Throwable e) {
                    flight.end.completeExceptionally(e);
                } finally {
                    forget(flight);
                }
            });
        } catch (RuntimeException e) {
            // The daemon is closing, and gives out no threads any more.
            flight.end.completeExceptionally(new UnavailableException("the pull cannot begin: " + e.getMessage(), e));
            forget(flight);
        }
    }

    private void await(Flight flight, CancelSignal cancel) {
        var mine = new CompletableFuture<Boolean>();
        flight.end.whenComplete((done, failure) -> {
            if (failure == null) {
                mine.complete(done);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        try (var ignored = cancel.onCancel(() -> mine.completeExceptionally(
                new UnavailableException("pull image '" + flight.key + "' was cancelled")))) {
            mine.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DeadlineException(
                    "pull image '" + flight.key + "': not through within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("pull image '" + flight.key + "' was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RookeryException known) {
                throw known;
            }
            throw new UnavailableException("pull image '" + flight.key + "' failed: " + e.getCause(), e.getCause());
        }
    }

    private void leave(Flight flight, ImageListener listener) {
        boolean last;
        synchronized (flights) {
            flight.listeners.remove(listener);
            last = flight.listeners.isEmpty();
            if (last) {
                // Whoever comes now begins anew, instead of joining what is about to be ended.
                flights.remove(flight.key, flight);
            }
        }
        if (last) {
            flight.stop.cancel();
        }
    }

    private void forget(Flight flight) {
        synchronized (flights) {
            flights.remove(flight.key, flight);
        }
    }

    /** Does the pull. */
    @FunctionalInterface
    interface Pull {
        void pull(ImageListener progress, CancelSignal stop);
    }

    /** One pull that is under way. */
    private static final class Flight implements ImageListener {

        private final String key;
        private final CancelSignal stop = CancelSignal.create();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();
        private final List<ImageListener> listeners = new CopyOnWriteArrayList<>();

        Flight(String key) {
            this.key = key;
        }

        @Override
        public void line(String text) {
            for (var listener : listeners) {
                try {
                    listener.line(text);
                } catch (RuntimeException e) {
                    LOG.warn("who hears of the pull of {} failed", key, e);
                }
            }
        }

        @Override
        public void layer(String layer, LayerStep step, long doneBytes, long totalBytes) {
            for (var listener : listeners) {
                try {
                    listener.layer(layer, step, doneBytes, totalBytes);
                } catch (RuntimeException e) {
                    LOG.warn("who hears of the pull of {} failed", key, e);
                }
            }
        }
    }
}
