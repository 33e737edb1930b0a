package dev.rookery.wings.internal;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is due later, each thing at most once at a time. Guarded by the lock of its owner, under which tasks run too.
 *
 * @param <K> names the things
 */
final class Timers<K extends Enum<K>> {

    private final ConsoleTimer timer;
    private final Consumer<Runnable> locked;
    private final Map<K, Entry> entries;

    private static final class Entry {
        private Runnable cancel = () -> {};
    }

    /**
     * Creates it with nothing due.
     *
     * @param keys names the things
     * @param timer tells the time
     * @param locked runs something under the owner's lock
     */
    Timers(Class<K> keys, ConsoleTimer timer, Consumer<Runnable> locked) {
        this.entries = new EnumMap<>(keys);
        this.timer = timer;
        this.locked = locked;
    }

    /** Has {@code task} run later, instead of what was due under the same name. */
    void schedule(K due, Duration delay, Runnable task) {
        cancel(due);
        var entry = new Entry();
        entries.put(due, entry);
        entry.cancel = timer.schedule(
                delay,
                () -> locked.accept(() -> {
                    // Cancelling may come too late for a task that already waits for the lock.
                    if (entries.remove(due, entry)) {
                        task.run();
                    }
                }));
    }

    void cancel(K due) {
        var entry = entries.remove(due);
        if (entry != null) {
            entry.cancel.run();
        }
    }

    void cancelAll() {
        entries.values().forEach(entry -> entry.cancel.run());
        entries.clear();
    }

    boolean pending(K due) {
        return entries.containsKey(due);
    }
}
