package dev.rookery.daemon.internal.node;

import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.Phase;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Lets the disk usage of all servers be taken from time to time. What takes too much is stopped. */
final class DiskUsage {

    /** How soon a server that has no figure yet gets its first one. */
    private static final long FIRST_SECONDS = 5;

    private final NodeRuntime runtime;

    private DiskUsage(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    static void schedule(NodeRuntime runtime, ScheduledExecutorService timer) {
        var interval = runtime.services().options().system().diskCheckInterval();
        if (!interval.isZero()) {
            var usage = new DiskUsage(runtime);
            timer.scheduleWithFixedDelay(
                    () -> usage.request(server -> true), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
            timer.scheduleWithFixedDelay(
                    () -> usage.request(DiskUsage::isNew), FIRST_SECONDS, FIRST_SECONDS, TimeUnit.SECONDS);
            timer.scheduleWithFixedDelay(
                    runtime.services().scanner()::look, FIRST_SECONDS, FIRST_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** A server whose files are complete and that was not looked at since. */
    private static boolean isNew(ManagedServer server) {
        return !server.space().known() && server.state().phase() != Phase.INSTALLING;
    }

    private void request(Predicate<ManagedServer> which) {
        runtime.servers().stream().filter(which).forEach(server -> server.countFiles(false));
    }
}
