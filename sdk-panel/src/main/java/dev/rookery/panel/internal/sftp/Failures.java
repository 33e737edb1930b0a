package dev.rookery.panel.internal.sftp;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts failures by what failed, for a minute each. Forgets what has not failed for the longest time when there are too many. Thread-safe. */
final class Failures {

    private static final int MOST = 20_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST;
        }
    };

    private record Count(Instant since, int failures) {}

    /** Says whether there were that many within the last minute. */
    synchronized boolean reached(String what, int limit, Instant now) {
        var count = counts.get(what);
        return count != null
                && count.failures() >= limit
                && now.isBefore(count.since().plus(WINDOW));
    }

    synchronized void add(String what, Instant now) {
        counts.merge(
                what,
                new Count(now, 1),
                (old, one) ->
                        now.isBefore(old.since().plus(WINDOW)) ? new Count(old.since(), old.failures() + 1) : one);
    }

    synchronized void forget(String what) {
        counts.remove(what);
    }
}
