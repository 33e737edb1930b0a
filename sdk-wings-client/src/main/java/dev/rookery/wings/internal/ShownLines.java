package dev.rookery.wings.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects the lines that a node without numbers shows again after a reconnect, until no more come, and tells those that were not told
 * before. Not thread-safe.
 */
final class ShownLines {

    // Lines that are shown again come in one go, once the node has read them.
    private static final Duration BEGINS = Duration.ofSeconds(3);
    private static final Duration ENDS = Duration.ofMillis(300);
    private static final int LINES_MAX = 1000;

    private final Timers<ConsoleDue> timers;
    private final Consumer<String> fresh;
    private final Replay replay = new Replay();
    private final List<String> shown = new ArrayList<>();

    /**
     * Creates it with nothing collected.
     *
     * @param timers says when no more come
     * @param fresh takes a line that was not told before
     */
    ShownLines(Timers<ConsoleDue> timers, Consumer<String> fresh) {
        this.timers = timers;
        this.fresh = fresh;
    }

    /** Says that the node was asked to show its last lines. */
    void asked() {
        shown.clear();
        timers.schedule(ConsoleDue.SHOWN, BEGINS, this::tell);
    }

    /** Takes a line, live or shown. */
    void accept(String line) {
        if (!timers.pending(ConsoleDue.SHOWN)) {
            replay.told(line);
            fresh.accept(line);
            return;
        }
        shown.add(line);
        if (shown.size() == 1) {
            timers.schedule(ConsoleDue.SHOWN, ENDS, this::tell);
        } else if (shown.size() == LINES_MAX) {
            timers.cancel(ConsoleDue.SHOWN);
            tell();
        }
    }

    private void tell() {
        var lines = replay.fresh(shown);
        shown.clear();
        for (var line : lines) {
            replay.told(line);
            fresh.accept(line);
        }
    }
}
