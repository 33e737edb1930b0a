package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.api.spi.UsageSample;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what containers use: from their control groups where these are seen here, else from the engine, several at a time. Source: daemon
 * behaviour §6. Thread-safe.
 */
final class DockerUsage {

    private static final Logger LOG = LoggerFactory.getLogger(DockerUsage.class);
    /**
     * The engine answers at its next tick, of which it has one a second: so many containers have a new sample each second, and a hundred have
     * one every three.
     */
    private static final int PARALLEL = 32;

    private final EngineStreams streams;
    private final Executor threads;
    private final ControlGroupUsage groups;
    private final Map<String, JsonNode> processorsBefore = new ConcurrentHashMap<>();

    DockerUsage(EngineStreams streams, Executor threads, ControlGroupUsage groups) {
        this.streams = streams;
        this.threads = threads;
        this.groups = groups;
    }

    Map<String, UsageSample> read(Collection<String> containers, CancelSignal cancel) {
        processorsBefore.keySet().retainAll(containers);
        groups.keep(containers);
        var samples = new ConcurrentHashMap<String, UsageSample>();
        Queue<String> left = new ConcurrentLinkedQueue<>();
        for (var container : containers) {
            groups.sample(container)
                    .ifPresentOrElse(sample -> samples.put(container, sample), () -> left.add(container));
        }
        if (left.isEmpty()) {
            return Map.copyOf(samples);
        }
        // The calling thread is one of the workers, so that one container costs no other thread.
        int others = Math.min(PARALLEL, left.size()) - 1;
        var working = new Phaser(1);
        for (int i = 0; i < others; i++) {
            if (!helps(() -> help(working, left, samples, cancel))) {
                break;
            }
        }
        readAll(left, samples, cancel);
        try {
            // Those that have begun are waited for; whoever begins later finds nothing left.
            working.awaitAdvanceInterruptibly(working.arriveAndDeregister());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Map.copyOf(samples);
    }

    private void help(Phaser working, Queue<String> left, Map<String, UsageSample> samples, CancelSignal cancel) {
        if (working.register() < 0) {
            return;
        }
        try {
            readAll(left, samples, cancel);
        } finally {
            working.arriveAndDeregister();
        }
    }

    /** No thread may be left, or the daemon is about to end: then the caller does it alone. */
    private boolean helps(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void readAll(Queue<String> left, Map<String, UsageSample> samples, CancelSignal cancel) {
        for (var container = left.poll(); container != null && !cancel.cancelled(); container = left.poll()) {
            try {
                if (!groups.knows(container)) {
                    var found = streams.json("inspect", "GET", "/containers/" + container + "/json", cancel);
                    groups.found(
                            container,
                            found.path("Id").asText(),
                            found.path("State").path("Pid").asLong());
                    var sample = groups.sample(container);
                    if (sample.isPresent()) {
                        samples.put(container, sample.get());
                        continue;
                    }
                }
                var stats = streams.json(
                        "read statistics",
                        "GET",
                        "/containers/" + container + "/stats?stream=false&one-shot=true",
                        cancel);
                var before = processorsBefore.put(container, stats.path("cpu_stats"));
                // The engine answers for a container that does not run too, with nothing in it.
                if (stats.path("memory_stats").has("usage")) {
                    samples.put(container, sample(stats, before == null ? MissingNode.getInstance() : before));
                }
            } catch (RookeryException e) {
                LOG.debug("no statistics of container {}: {}", container, e.getMessage());
            }
        }
    }

    static UsageSample sample(JsonNode stats, JsonNode processorsBefore) {
        var memory = stats.path("memory_stats");
        long rx = 0;
        long tx = 0;
        for (var network : stats.path("networks")) {
            rx += network.path("rx_bytes").asLong();
            tx += network.path("tx_bytes").asLong();
        }
        long read = 0;
        long written = 0;
        for (var entry : stats.path("blkio_stats").path("io_service_bytes_recursive")) {
            switch (entry.path("op").asText().toLowerCase(Locale.ROOT)) {
                case "read" -> read += entry.path("value").asLong();
                case "write" -> written += entry.path("value").asLong();
                default -> {
                    // Sums and other operations.
                }
            }
        }
        return new UsageSample(
                memoryBytes(memory),
                memory.path("limit").asLong(),
                cpuPercent(stats.path("cpu_stats"), processorsBefore),
                rx,
                tx,
                read,
                written);
    }

    private static long memoryBytes(JsonNode memory) {
        long usage = memory.path("usage").asLong();
        var details = memory.path("stats");
        // cgroup v1 has the first name, v2 the second.
        long inactive = details.has("total_inactive_file")
                ? details.path("total_inactive_file").asLong()
                : details.path("inactive_file").asLong();
        return inactive < usage ? usage - inactive : usage;
    }

    private static double cpuPercent(JsonNode now, JsonNode before) {
        double used = now.path("cpu_usage").path("total_usage").asDouble()
                - before.path("cpu_usage").path("total_usage").asDouble();
        double passed = now.path("system_cpu_usage").asDouble()
                - before.path("system_cpu_usage").asDouble();
        // The first sample has no predecessor.
        if (used <= 0 || passed <= 0 || !before.hasNonNull("system_cpu_usage")) {
            return 0;
        }
        int cpus = now.path("online_cpus").asInt();
        if (cpus == 0) {
            cpus = now.path("cpu_usage").path("percpu_usage").size();
        }
        return Math.round(used / passed * 100 * cpus * 1000) / 1000.0;
    }
}
