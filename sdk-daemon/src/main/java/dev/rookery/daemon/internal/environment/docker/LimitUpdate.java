package dev.rookery.daemon.internal.environment.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rookery.api.CancelSignal;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.spi.ProcessSpec;

/** Changes the limits of a container that runs. Source: daemon behaviour §3.4. Thread-safe. */
final class LimitUpdate {

    private static final long CPU_PERIOD_MICROS = 100_000;

    private final EngineStreams streams;

    LimitUpdate(EngineStreams streams) {
        this.streams = streams;
    }

    /** Returns whether the limits apply now. */
    boolean apply(String container, ProcessSpec.Limits limits, CancelSignal cancel) {
        var current = streams.json("inspect container", "GET", "/containers/" + container + "/json", cancel)
                .path("HostConfig");
        var update = JsonNodeFactory.instance.objectNode();
        boolean complete = true;
        if (limits.memoryBytes() > 0) {
            update.put("Memory", limits.memoryBytes())
                    .put("MemoryReservation", limits.reservationBytes())
                    .put("MemorySwap", limits.swapTotalBytes());
        } else {
            // The engine reads 0 as "as it is": what has a limit keeps one until it is created anew.
            complete = current.path("Memory").asLong() == 0;
        }
        update.put("CpuPeriod", CPU_PERIOD_MICROS)
                .put("CpuQuota", limits.cpuPercent() > 0 ? limits.cpuPercent() * (CPU_PERIOD_MICROS / 100) : -1);
        if (!limits.cpus().isEmpty()) {
            update.put("CpusetCpus", limits.cpus());
        } else {
            complete &= current.path("CpusetCpus").asText("").isEmpty();
        }
        if (limits.ioWeight() > 0
                && limits.ioWeight() != current.path("BlkioWeight").asInt()) {
            update.put("BlkioWeight", limits.ioWeight());
        }
        update.put("PidsLimit", limits.pids() > 0 ? limits.pids() : -1);
        try {
            streams.json("change limits", "POST", "/containers/" + container + "/update", update, cancel);
        } catch (NotFoundException e) {
            // The container is there: it is the call that Podman does not have.
            return false;
        }
        return complete && current.path("OomKillDisable").asBoolean() != limits.oomKiller();
    }
}
