package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the disk usage of all servers from time to time, one server after another so that the disk has time for the servers. What takes too
 * much is stopped.
 */
final class DiskUsage {

    private static final Logger LOG = LoggerFactory.getLogger(DiskUsage.class);
    /** How soon a server that has no figure yet gets its first one. */
    private static final long FIRST_SECONDS = 5;

    private final NodeRuntime runtime;
    private final AtomicBoolean scanning = new AtomicBoolean();

    private DiskUsage(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    static void schedule(NodeRuntime runtime, ScheduledExecutorService timer) {
        var interval = runtime.services().options().system().diskCheckInterval();
        if (!interval.isZero()) {
            var usage = new DiskUsage(runtime);
            timer.scheduleWithFixedDelay(
                    () -> usage.begin(server -> true), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
            timer.scheduleWithFixedDelay(
                    () -> usage.begin(DiskUsage::isNew), FIRST_SECONDS, FIRST_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** A server whose files are complete and that was not looked at since. */
    private static boolean isNew(ManagedServer server) {
        return !server.space().known() && server.state().phase() != Phase.INSTALLING;
    }

    private void begin(Predicate<ManagedServer> which) {
        if (scanning.compareAndSet(false, true)) {
            runtime.services().threads().execute(() -> {
                try {
                    runtime.servers().stream().filter(which).forEach(DiskUsage::scan);
                } finally {
                    scanning.set(false);
                }
            });
        }
    }

    private static void scan(ManagedServer server) {
        try {
            if (Files.isDirectory(server.dataDirectory())) {
                server.measureDisk(CancelSignal.create());
            }
        } catch (IOException e) {
            LOG.debug("server {}: its disk usage cannot be taken", server.id(), e);
        }
    }
}
