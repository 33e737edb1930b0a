package dev.rookery.daemon.internal.node;

import dev.rookery.api.CancelSignal;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.daemon.internal.server.Phase;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Lets the disk usage of all servers be taken from time to time. What takes too much is stopped. */
final class DiskUsage {

    /** How soon a server that has no figure yet gets its first one. */
    private static final long FIRST_SECONDS = 5;

    /** How often files are looked for that are outside of the limits that the kernel keeps. */
    private static final long COLLECT_HOURS = 1;

    private static final Duration QUOTA_INTERVAL = Duration.ofSeconds(150);

    private final NodeRuntime runtime;

    private DiskUsage(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    static void schedule(NodeRuntime runtime, ScheduledExecutorService timer) {
        var interval = interval(runtime);
        if (!interval.isZero()) {
            var usage = new DiskUsage(runtime);
            timer.scheduleWithFixedDelay(
                    () -> usage.request(server -> true), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
            timer.scheduleWithFixedDelay(
                    () -> usage.request(DiskUsage::isNew), FIRST_SECONDS, FIRST_SECONDS, TimeUnit.SECONDS);
            timer.scheduleWithFixedDelay(
                    () -> runtime.services().threads().execute(usage::collect),
                    COLLECT_HOURS,
                    COLLECT_HOURS,
                    TimeUnit.HOURS);
            timer.scheduleWithFixedDelay(
                    runtime.services().scanner()::look, FIRST_SECONDS, FIRST_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What the kernel keeps is looked after in any case. */
    private static Duration interval(NodeRuntime runtime) {
        var asked = runtime.services().options().system().diskCheckInterval();
        return asked.isZero() && runtime.services().projects().isPresent() ? QUOTA_INTERVAL : asked;
    }

    /** A server whose files are complete and that was not looked at since. */
    private static boolean isNew(ManagedServer server) {
        return !server.space().known() && server.state().phase() != Phase.INSTALLING;
    }

    /** One server after another: nobody waits for it. */
    private void collect() {
        var threads = runtime.services().threads();
        runtime.servers().stream()
                .takeWhile(server -> !threads.isShutdown())
                .forEach(server -> server.collectFiles(CancelSignal.create()));
    }

    private void request(Predicate<ManagedServer> which) {
        runtime.servers().stream().filter(which).forEach(server -> server.countFiles(false));
    }
}
