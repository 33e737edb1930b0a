package dev.rookery.proxy.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was made or asked for last; the rest is forgotten. Thread-safe.
 *
 * @param <T> of what
 */
final class Recent<T> {

    private final int kept;
    private final Deque<T> all = new ArrayDeque<>();

    /**
     * Creates it, empty.
     *
     * @param kept how many are kept
     */
    Recent(int kept) {
        this.kept = kept;
    }

    synchronized void keep(T one) {
        all.addFirst(one);
        if (all.size() > kept) {
            all.removeLast();
        }
    }

    /** Returns the first that is wanted, which is then the last one to be forgotten. */
    synchronized Optional<T> find(Predicate<T> wanted) {
        for (var each = all.iterator(); each.hasNext(); ) {
            var one = each.next();
            if (wanted.test(one)) {
                each.remove();
                all.addFirst(one);
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
