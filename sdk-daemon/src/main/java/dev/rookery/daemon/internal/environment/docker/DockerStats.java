package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.RookeryException;
import dev.rookery.daemon.internal.environment.ServerEnvironment.Subscription;
import dev.rookery.daemon.internal.environment.UsageSample;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the statistics of one container until they end. Source: daemon behaviour §6. Thread-safe. */
@SuppressWarnings("try") // Registrations are held open, not used.
final class DockerStats implements Runnable, Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(DockerStats.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EngineStreams streams;
    private final String container;
    private final Consumer<UsageSample> sink;
    private final CancelSignal closed = CancelSignal.create();

    DockerStats(EngineStreams streams, String container, Consumer<UsageSample> sink) {
        this.streams = streams;
        this.container = container;
        this.sink = sink;
    }

    @Override
    public void run() {
        try {
            read(streams.open("read statistics", "GET", "/containers/" + container + "/stats?stream=1", closed));
        } catch (IOException | RookeryException e) {
            if (!closed.cancelled()) {
                LOG.debug("statistics of container {} ended: {}", container, e.toString());
            }
        }
    }

    private void read(Response response) throws IOException {
        try (response;
                var ignored = closed.onCancel(response::close);
                var body = response.getBody();
                var samples = JSON.readerFor(JsonNode.class).<JsonNode>readValues(body)) {
            while (samples.hasNextValue() && !closed.cancelled()) {
                sink.accept(sample(samples.nextValue()));
            }
        } catch (RuntimeException e) {
            // The transport answers a closed stream with a variety of unchecked exceptions.
            throw new IOException("statistics broke off", e);
        }
    }

    @Override
    public void close() {
        closed.cancel();
    }

    static UsageSample sample(JsonNode stats) {
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
                memoryBytes(memory), memory.path("limit").asLong(), cpuPercent(stats), rx, tx, read, written);
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

    private static double cpuPercent(JsonNode stats) {
        var now = stats.path("cpu_stats");
        var before = stats.path("precpu_stats");
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
