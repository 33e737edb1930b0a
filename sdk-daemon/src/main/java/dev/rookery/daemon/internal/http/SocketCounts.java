package dev.rookery.daemon.internal.http;

import dev.rookery.api.ServerId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the console sockets of each server. Thread-safe. */
final class SocketCounts {

    private final int limit;
    private final ConcurrentMap<ServerId, Integer> open = new ConcurrentHashMap<>();

    SocketCounts(int limit) {
        this.limit = limit;
    }

    /** Takes a place, or returns null if there is none left. */
    @Nullable
    Place take(ServerId server) {
        var place = new AtomicReference<@Nullable Place>();
        open.compute(server, (id, count) -> {
            int taken = count == null ? 0 : count;
            if (taken >= limit) {
                return taken;
            }
            place.set(new Place(id));
            return taken + 1;
        });
        return place.get();
    }

    /** A taken place. */
    final class Place {

        private final ServerId server;
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(ServerId server) {
            this.server = server;
        }

        /** Gives the place back. Repeating has no effect. */
        void giveBack() {
            if (given.compareAndSet(false, true)) {
                open.computeIfPresent(server, (id, count) -> count > 1 ? count - 1 : null);
            }
        }
    }
}
