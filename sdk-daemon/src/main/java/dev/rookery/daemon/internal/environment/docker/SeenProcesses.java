package dev.rookery.daemon.internal.environment.docker;

import dev.rookery.api.spi.ProcessSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Which containers ran as far as events tell, to be compared with the engine's own list. Not thread-safe, but for {@link #now}. */
final class SeenProcesses {

    /** An engine that is stopped ends its containers one after another before it goes itself. */
    private static final long ENDED_WITH_ENGINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Map<String, Long> running = new HashMap<>();
    private final Map<String, Long> ended = new HashMap<>();
    private Set<String> ranBefore = Set.of();

    long now() {
        return System.nanoTime();
    }

    void started(String id) {
        ended.remove(id);
        running.put(id, now());
    }

    void ended(String id) {
        running.remove(id);
        forgetOld();
        ended.put(id, now());
    }

    /** Takes note that nothing is heard from now on. */
    void lost() {
        forgetOld();
        var before = new HashSet<>(running.keySet());
        before.addAll(ended.keySet());
        ranBefore = before;
    }

    /** Takes a list; returns false if there were containers before and all of them have ended since. */
    boolean back(List<ProcessSummary> processes) {
        long now = now();
        running.clear();
        ended.clear();
        for (var process : processes) {
            if (process.running()) {
                running.put(process.id(), now);
            }
        }
        boolean same = ranBefore.isEmpty() || ranBefore.stream().anyMatch(running::containsKey);
        ranBefore = Set.of();
        return same;
    }

    /**
     * Returns the containers that have ended without an event.
     *
     * @param asked when the list was asked for; what has started since may be missing in it
     */
    List<String> missing(List<ProcessSummary> processes, long asked) {
        var listed = new HashSet<String>();
        for (var process : processes) {
            if (process.running()) {
                listed.add(process.id());
            }
        }
        var missing = new ArrayList<String>();
        running.forEach((id, since) -> {
            if (since - asked < 0 && !listed.contains(id)) {
                missing.add(id);
            }
        });
        missing.forEach(this::ended);
        return missing;
    }

    private void forgetOld() {
        long now = now();
        ended.values().removeIf(at -> now - at > ENDED_WITH_ENGINE_NANOS);
    }
}
