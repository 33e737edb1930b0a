package dev.rookery.daemon.internal.sftp;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the panel, of which there are so many at a time. The others wait: in a line for each asker, and the lines take turns, so that who asks much
 * waits for himself and not others for him. Where too many wait, the last one of the longest line is refused. Thread-safe.
 */
final class PanelQueue {

    private final Executor threads;
    private final Bounds bounds;
    // Guarded by this, in the order of their turns. Lines that nobody waits in, and nobody of is being answered, are
    // not in it.
    private final Map<String, Line> lines = new LinkedHashMap<>();
    // Guarded by this.
    private int running;
    private int waiting;

    /**
     * Creates it.
     *
     * @param threads run what waits for the panel
     */
    PanelQueue(Executor threads, Bounds bounds) {
        this.threads = threads;
        this.bounds = bounds;
    }

    /**
     * How much there may be.
     *
     * @param running how many are asked at a time
     * @param runningOfOne how many of one asker
     * @param waiting how many wait
     * @param waitingOfOne how many of one asker
     */
    record Bounds(int running, int runningOfOne, int waiting, int waitingOfOne) {}

    /** A question; one of the two is called, once. */
    interface Task {

        /** Asks, and waits for the answer. On a thread of its own. */
        void ask();

        /** It is not asked. On any thread. */
        void refuse();
    }

    private static final class Line {

        private final Deque<Task> waiting = new ArrayDeque<>();
        private int running;
    }

    private record Turn(String asker, Task task) {}

    void add(String asker, Task task) {
        var tooMany = enqueue(asker, task);
        if (tooMany != null) {
            tooMany.refuse();
        }
        for (var turn = next(); turn != null; turn = next()) {
            begin(turn);
        }
    }

    private synchronized @Nullable Task enqueue(String asker, Task task) {
        var line = lines.computeIfAbsent(asker, missing -> new Line());
        line.waiting.addLast(task);
        waiting++;
        if (line.waiting.size() > bounds.waitingOfOne()) {
            return dropLast(line);
        }
        if (waiting <= bounds.waiting()) {
            return null;
        }
        return lines.values().stream()
                .max(Comparator.comparingInt(each -> each.waiting.size()))
                .map(this::dropLast)
                .orElse(null);
    }

    private Task dropLast(Line line) {
        waiting--;
        return line.waiting.removeLast();
    }

    private synchronized @Nullable Turn next() {
        if (running >= bounds.running()) {
            return null;
        }
        for (var entry : lines.entrySet()) {
            var line = entry.getValue();
            if (line.running < bounds.runningOfOne() && !line.waiting.isEmpty()) {
                var task = line.waiting.removeFirst();
                waiting--;
                running++;
                line.running++;
                // Its turn comes again after everybody else's.
                lines.remove(entry.getKey());
                lines.put(entry.getKey(), line);
                return new Turn(entry.getKey(), task);
            }
        }
        return null;
    }

    private void begin(Turn turn) {
        try {
            threads.execute(() -> {
                try {
                    turn.task().ask();
                } finally {
                    ended(turn.asker());
                    for (var following = next(); following != null; following = next()) {
                        begin(following);
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            // The node is closing.
            ended(turn.asker());
            turn.task().refuse();
        }
    }

    private synchronized void ended(String asker) {
        running--;
        lines.computeIfPresent(asker, (key, line) -> {
            line.running--;
            return line.running == 0 && line.waiting.isEmpty() ? null : line;
        });
    }
}
