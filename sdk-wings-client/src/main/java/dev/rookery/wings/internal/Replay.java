package dev.rookery.wings.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the lines that a node without numbers shows again after a reconnect to those that came before, so that none is told twice. Not
 * thread-safe.
 */
final class Replay {

    // More than the 150 lines that Wings shows again.
    private static final int TAIL_MAX = 200;

    private final ArrayDeque<String> tail = new ArrayDeque<>();

    /** Takes a line that was told. */
    void told(String line) {
        if (ofDaemon(line)) {
            return;
        }
        if (tail.size() == TAIL_MAX) {
            tail.remove();
        }
        tail.add(line);
    }

    /** Returns those of the shown lines that were not told before. */
    List<String> fresh(List<String> shown) {
        var before = new ArrayList<>(tail);
        for (int known = shown.size(); known > 0; known--) {
            if (endsAlike(before, shown.subList(0, known))) {
                return List.copyOf(shown.subList(known, shown.size()));
            }
        }
        return List.copyOf(shown);
    }

    private static boolean endsAlike(List<String> before, List<String> shown) {
        int length = Math.min(before.size(), shown.size());
        return length > 0
                && before.subList(before.size() - length, before.size())
                        .equals(shown.subList(shown.size() - length, shown.size()));
    }

    /** The daemon's own lines are not in the log that is shown again. Source: node API §4.6. */
    private static boolean ofDaemon(String line) {
        return line.startsWith("\u001b[33m\u001b[1m[") && line.contains("Daemon]:");
    }
}
