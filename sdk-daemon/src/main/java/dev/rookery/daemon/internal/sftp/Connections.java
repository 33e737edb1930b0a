package dev.rookery.daemon.internal.sftp;

import dev.rookery.daemon.SftpOptions;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a node, within a bound for each address. Those that nobody has logged in on are few, and of the address that has most of
 * them: where there are too many, the oldest of that address goes, so that nobody can keep others from logging in. Thread-safe.
 */
final class Connections implements SessionListener {

    /** How many of one address may wait for a log-in, and how many of all. */
    static final int WAITING_OF_ADDRESS_MAX = 16;

    static final int WAITING_MAX = 256;

    private final SftpOptions options;
    // Guarded by this.
    private final Map<String, Integer> all = new HashMap<>();
    // Guarded by this. The oldest first.
    private final Map<String, Deque<Session>> waiting = new HashMap<>();
    private int waitingCount;

    Connections(SftpOptions options) {
        this.options = options;
    }

    @Override
    public void sessionCreated(Session session) {
        if (!(session.getIoSession().getRemoteAddress() instanceof InetSocketAddress remote)) {
            session.close(true);
            return;
        }
        var address = LoginLimits.key(remote.getAddress());
        session.addCloseFutureListener(closed -> closed(address, session));
        var leaving = opened(address, session);
        if (leaving != null) {
            leaving.close(true);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated) {
            waitsNoLonger(session);
        }
    }

    private synchronized @Nullable Session opened(String address, Session session) {
        int count = all.merge(address, 1, Integer::sum);
        var queue = waiting.computeIfAbsent(address, key -> new ArrayDeque<>());
        queue.addLast(session);
        waitingCount++;
        if (count > options.maxConnectionsPerAddress()) {
            return session;
        }
        if (queue.size() > WAITING_OF_ADDRESS_MAX) {
            return queue.peekFirst();
        }
        return waitingCount > WAITING_MAX ? oldestOfMost() : null;
    }

    private synchronized @Nullable Session oldestOfMost() {
        Deque<Session> most = new ArrayDeque<>();
        for (var queue : waiting.values()) {
            if (queue.size() > most.size()) {
                most = queue;
            }
        }
        return most.peekFirst();
    }

    private synchronized void closed(String address, Session session) {
        all.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
        waitsNoLonger(session);
    }

    private synchronized void waitsNoLonger(Session session) {
        waiting.values().removeIf(queue -> {
            if (queue.remove(session)) {
                waitingCount--;
            }
            return queue.isEmpty();
        });
    }
}
