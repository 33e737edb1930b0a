package dev.rookery.daemon.internal.server;

import dev.rookery.api.console.ConsoleEvent;
import dev.rookery.api.node.ResourceUsage;
import dev.rookery.api.node.ServerState;
import dev.rookery.api.spi.UsageSample;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a server uses now. Source: daemon behaviour §6. Thread-safe. */
public final class ServerUsage {

    private final Clock clock;
    private final Supplier<ServerState> state;
    private final Consumer<ConsoleEvent> listeners;
    private final LongSupplier diskBytes;
    private volatile UsageSample sample = new UsageSample(0, 0, 0, 0, 0, 0, 0);
    private volatile @Nullable Instant startedAt;

    ServerUsage(Clock clock, Supplier<ServerState> state, Consumer<ConsoleEvent> listeners, LongSupplier diskBytes) {
        this.clock = clock;
        this.state = state;
        this.listeners = listeners;
        this.diskBytes = diskBytes;
    }

    /** Returns the figures. */
    public ResourceUsage now() {
        var present = sample;
        var started = startedAt;
        return new ResourceUsage(
                present.memoryBytes(),
                present.memoryLimitBytes(),
                present.cpuPercent(),
                new ResourceUsage.Network(present.rxBytes(), present.txBytes()),
                new ResourceUsage.DiskIo(present.readBytes(), present.writeBytes()),
                started == null
                        ? 0
                        : Math.max(0, Duration.between(started, clock.instant()).toMillis()),
                state.get(),
                diskBytes.getAsLong());
    }

    void started(Instant at) {
        startedAt = at;
    }

    /** Takes a new sample. */
    public void sample(UsageSample newest) {
        // The last sample of a container that has ended has no limit, and would show a memory bar without end.
        if (startedAt != null && newest.memoryLimitBytes() > 0) {
            sample = newest;
            publish();
        }
    }

    void stopped() {
        startedAt = null;
        sample = new UsageSample(0, sample.memoryLimitBytes(), 0, 0, 0, 0, 0);
        publish();
    }

    void publish() {
        listeners.accept(new ConsoleEvent.Stats(now()));
    }
}
