package dev.rookery.daemon.internal.sftp;

import java.util.HashMap;
import java.util.Map;

/** Something that there is a certain number of, for all together and for each one who takes of it. Thread-safe. */
final class Budget {

    private final long most;
    private final long mostOfOne;
    // Guarded by this. Who has nothing is not in it.
    private final Map<Object, Long> taken = new HashMap<>();
    // Guarded by this.
    private long all;

    /**
     * Creates it.
     *
     * @param most how much there is
     * @param mostOfOne how much of it one may have
     */
    Budget(long most, long mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Takes so much, or nothing. */
    synchronized boolean take(Object who, long count) {
        if (count > most - all || count > mostOfOne - of(who)) {
            return false;
        }
        add(who, count);
        return true;
    }

    /** Takes as much as leaves half of his part to who takes it, and most of the whole to others; may be nothing. */
    synchronized long takeSome(Object who, long wanted) {
        long some = Math.min(wanted, Math.min((mostOfOne - of(who)) / 2, (most - all) / 8));
        add(who, some);
        return some;
    }

    synchronized void giveBack(Object who, long count) {
        add(who, -count);
    }

    private long of(Object who) {
        return taken.getOrDefault(who, 0L);
    }

    private void add(Object who, long count) {
        all += count;
        long now = of(who) + count;
        if (now == 0) {
            taken.remove(who);
        } else {
            taken.put(who, now);
        }
    }
}
