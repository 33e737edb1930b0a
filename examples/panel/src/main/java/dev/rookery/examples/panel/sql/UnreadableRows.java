package dev.rookery.examples.panel.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rows that could not be read a moment ago, so that they are not tried again and again. Thread-safe. */
final class UnreadableRows {

    private static final Duration REST = Duration.ofMinutes(5);
    private static final int MOST = 500;

    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    void add(String id, Instant now) {
        until.put(id, now.plus(REST));
    }

    /** Returns those that rest at a time. */
    List<String> at(Instant now) {
        until.values().removeIf(end -> !end.isAfter(now));
        return until.keySet().stream().limit(MOST).toList();
    }
}
