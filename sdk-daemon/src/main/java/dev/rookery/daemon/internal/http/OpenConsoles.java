package dev.rookery.daemon.internal.http;

import dev.rookery.api.ServerId;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The console sockets: those whose client has shown a token, with a limit for each server, and those that wait for one. The latter take no
 * place of the former, so that nobody without a token can keep others out. Thread-safe.
 */
final class OpenConsoles {

    private final int limit;
    private final int waitingLimit;
    private final Set<ConsoleSession> sessions = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();

    // Guarded by lock.
    private final Map<ServerId, Integer> taken = new HashMap<>();
    private final Map<ServerId, Deque<Channel>> waiting = new HashMap<>();

    /**
     * Creates the register.
     *
     * @param limit how many sockets of a server may be open whose clients have shown a token
     * @param waitingLimit how many more may wait for one
     */
    OpenConsoles(int limit, int waitingLimit) {
        this.limit = limit;
        this.waitingLimit = waitingLimit;
    }

    /** Returns whether a server has no place left. */
    boolean full(ServerId server) {
        synchronized (lock) {
            return taken.getOrDefault(server, 0) >= limit;
        }
    }

    /** Lets a socket wait for its token. If too many wait, the one that has waited longest is closed. */
    void await(ServerId server, Channel channel) {
        Channel oldest = null;
        synchronized (lock) {
            var queue = waiting.computeIfAbsent(server, id -> new ArrayDeque<>());
            if (queue.size() >= waitingLimit) {
                oldest = queue.poll();
            }
            queue.add(channel);
        }
        channel.closeFuture().addListener(closed -> waitsNoLonger(server, channel));
        if (oldest != null) {
            oldest.close();
        }
    }

    /** Gives a waiting socket a place, because its client has shown a token; null if there is none left. */
    @Nullable
    Place admit(ServerId server, Channel channel) {
        synchronized (lock) {
            if (taken.getOrDefault(server, 0) >= limit) {
                return null;
            }
            taken.merge(server, 1, Integer::sum);
        }
        waitsNoLonger(server, channel);
        return new Place(server);
    }

    /** Remembers a session whose client has shown a token. */
    void add(ConsoleSession session) {
        sessions.add(session);
    }

    /** Forgets a session. */
    void remove(ConsoleSession session) {
        sessions.remove(session);
    }

    /** Returns the sessions whose clients have shown a token; a copy. */
    List<ConsoleSession> sessions() {
        return List.copyOf(sessions);
    }

    private void waitsNoLonger(ServerId server, Channel channel) {
        synchronized (lock) {
            waiting.computeIfPresent(server, (id, queue) -> {
                queue.remove(channel);
                return queue.isEmpty() ? null : queue;
            });
        }
    }

    /** A taken place. */
    final class Place {

        private final ServerId server;
        // Guarded by lock.
        private boolean given;

        private Place(ServerId server) {
            this.server = server;
        }

        /** Gives the place back. Repeating has no effect. */
        void giveBack() {
            synchronized (lock) {
                if (!given) {
                    given = true;
                    taken.computeIfPresent(server, (id, count) -> count > 1 ? count - 1 : null);
                }
            }
        }
    }
}
