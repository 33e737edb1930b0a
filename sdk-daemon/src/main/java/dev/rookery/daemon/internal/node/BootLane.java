package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.server.NodeServices;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs so many tasks at a time. One that hangs gives its place to the next one after a while, goes on beside, and is cancelled later.
 * Thread-safe.
 */
final class BootLane {

    private static final int PLACES = 8;
    private static final long HANGS_MILLIS = 2_000;
    private static final long LONGEST_MILLIS = 15_000;

    private final NodeServices services;
    private final Semaphore places = new Semaphore(PLACES);

    BootLane(NodeServices services) {
        this.services = services;
    }

    /** Begins a task as soon as there is a place. */
    void run(Consumer<CancelSignal> task) throws InterruptedException {
        places.acquire();
        var place = new Place();
        var cancel = CancelSignal.create();
        try {
            var hangs = services.timer().schedule(place::leave, HANGS_MILLIS, TimeUnit.MILLISECONDS);
            var end = services.timer()
                    .schedule(() -> services.threads().execute(cancel::cancel), LONGEST_MILLIS, TimeUnit.MILLISECONDS);
            services.threads().execute(() -> {
                try {
                    task.accept(cancel);
                } finally {
                    hangs.cancel(false);
                    end.cancel(false);
                    place.leave();
                }
            });
        } catch (RejectedExecutionException e) {
            place.leave();
            throw e;
        }
    }

    /** Waits until every task has ended, or hangs. */
    void awaitQuiet() throws InterruptedException {
        places.acquire(PLACES);
        places.release(PLACES);
    }

    /** A place, left once. */
    private final class Place {

        private final AtomicBoolean left = new AtomicBoolean();

        void leave() {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
