package dev.rookery.daemon.internal.sftp;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one channel has of its user's part: its place, room for what is on the way, and open files. The place is given back once neither the
 * channel nor the thread that answers on it uses it any more. Thread-safe.
 */
final class ChannelShare {

    /**
     * What a client may send at least before it has to wait: the longest packet, and as much as may have been taken without the client having been told
     * of it, since else both would wait for each other.
     */
    static final int WINDOW_MIN = Requests.PACKET_MAX + (128 << 10);

    static final int WINDOW_MAX = 2 << 20;
    private static final int PACKETS_MIN = 2;

    private final Budgets budgets;
    private final Object connection;
    private final UUID user;
    private final long extraBytes;
    private final AtomicInteger users = new AtomicInteger(1);

    private ChannelShare(Budgets budgets, Object connection, UUID user) {
        this.budgets = budgets;
        this.connection = connection;
        this.user = user;
        this.extraBytes = budgets.buffers().takeSome(user, WINDOW_MAX - WINDOW_MIN);
    }

    /** Returns a share for one user of it, empty if the connection, its user or all of them have too many channels. */
    static Optional<ChannelShare> take(Budgets budgets, Object connection, UUID user) {
        if (!budgets.ofConnection().take(connection, 1)) {
            return Optional.empty();
        }
        if (!budgets.channels().take(user, 1)) {
            budgets.ofConnection().giveBack(connection, 1);
            return Optional.empty();
        }
        return Optional.of(new ChannelShare(budgets, connection, user));
    }

    /** Returns how much a client may send before it has to wait. */
    int windowBytes() {
        return (int) (WINDOW_MIN + extraBytes);
    }

    /** Returns how many packets may be on their way to a client. */
    int packetsInFlight() {
        return PACKETS_MIN + (int) (extraBytes / OutboundBytes.PACKET_MAX);
    }

    boolean openFile() {
        return budgets.files().take(user, 1);
    }

    void closeFile() {
        budgets.files().giveBack(user, 1);
    }

    /** Says that one more uses it; false if nobody does any more. */
    boolean use() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Says that one of them uses it no longer. */
    void release() {
        if (users.decrementAndGet() == 0) {
            budgets.ofConnection().giveBack(connection, 1);
            budgets.channels().giveBack(user, 1);
            budgets.buffers().giveBack(user, extraBytes);
        }
    }
}
