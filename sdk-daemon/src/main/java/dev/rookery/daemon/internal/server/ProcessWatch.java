package dev.rookery.daemon.internal.server;

import dev.rookery.api.spi.EnvironmentListener;
import dev.rookery.api.spi.ProcessSummary;
import dev.rookery.api.spi.Subscription;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hears for all servers of a node what happens to processes, and tells those who hold one that it is worth a look. Thread-safe.
 */
public final class ProcessWatch implements EnvironmentListener {

    private final Map<String, Set<Runnable>> holders = new ConcurrentHashMap<>();

    /**
     * Listens for the end of a process. What ended before is not told: look once after this.
     *
     * @param look is called when the process may have ended, perhaps more than once; must not wait
     */
    Subscription hold(String process, Runnable look) {
        holders.compute(process, (id, present) -> {
            var all = present == null ? ConcurrentHashMap.<Runnable>newKeySet() : present;
            all.add(look);
            return all;
        });
        return () -> holders.computeIfPresent(process, (id, present) -> {
            present.remove(look);
            return present.isEmpty() ? null : present;
        });
    }

    @Override
    public void exited(String id) {
        holders.getOrDefault(id, Set.of()).forEach(Runnable::run);
    }

    @Override
    public void back(List<ProcessSummary> processes, boolean sameProcesses) {
        var running = new HashSet<String>();
        for (var process : processes) {
            if (process.running()) {
                running.add(process.id());
            }
        }
        holders.forEach((id, looks) -> {
            if (!running.contains(id)) {
                looks.forEach(Runnable::run);
            }
        });
    }
}
