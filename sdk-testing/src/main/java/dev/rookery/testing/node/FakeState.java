package dev.rookery.testing.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.NotOfferedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.Node;
import dev.rookery.api.panel.Panel;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/** What all views of one {@link FakeNode} share. */
final class FakeState implements AutoCloseable {

    private static final ThreadFactory DAEMONS = task -> {
        var thread = new Thread(task, "fake-node");
        thread.setDaemon(true);
        return thread;
    };

    final Panel panel;
    final FakeProgram program;
    final Clock clock = Clock.systemUTC();
    final FakeScript script = new FakeScript();
    final FakeMachine machine = new FakeMachine();
    final Map<ServerId, FakeServer> servers = new ConcurrentHashMap<>();
    final Map<URI, Node> destinations = new ConcurrentHashMap<>();
    final FakeNodeTransfers.Arrivals arrivals = new FakeNodeTransfers.Arrivals();
    final List<Deauthorization> deauthorizations = new CopyOnWriteArrayList<>();
    /** Runs the life of the servers, one step after the other. */
    final ScheduledExecutorService simulation = Executors.newSingleThreadScheduledExecutor(DAEMONS);
    /** Runs what takes long. */
    final ExecutorService threads = Executors.newCachedThreadPool(DAEMONS);

    final HttpClient http = HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    volatile Predicate<URI> reachable = url -> true;
    volatile Set<Capability> capabilities = Set.of(
            Capability.NUMBERED_CONSOLE,
            Capability.SERVER_LIFECYCLE,
            Capability.COMMANDS,
            Capability.LOGS,
            Capability.CONSOLE_HISTORY,
            Capability.INSTALL_LOG,
            Capability.INSTALL,
            Capability.ABORT_INSTALL,
            Capability.MACHINE_DETAILS,
            Capability.UTILIZATION,
            Capability.IP_ADDRESSES,
            Capability.DOCKER_DISK,
            Capability.DIAGNOSTICS,
            Capability.CONFIGURATION_UPDATE,
            Capability.DEAUTHORIZATION,
            Capability.TOKEN_DENIAL,
            Capability.FILE_MANAGEMENT,
            Capability.ARCHIVES,
            Capability.ARCHIVE_ENTRIES,
            Capability.FILE_SEARCH,
            Capability.FILE_PAGES,
            Capability.CONTENT_SEARCH,
            Capability.FILE_JOBS,
            Capability.REMOTE_DOWNLOADS,
            Capability.RESUMABLE_UPLOADS,
            Capability.BACKUPS,
            Capability.TRANSFERS);
    volatile Dialect dialect = Dialect.PELICAN;
    volatile boolean away;

    FakeState(Panel panel, FakeProgram program) {
        this.panel = requireNonNull(panel, "panel");
        this.program = requireNonNull(program, "program");
    }

    void offered(Capability capability) {
        if (!capabilities.contains(capability)) {
            throw new NotOfferedException(capability);
        }
    }

    @Override
    public void close() {
        simulation.shutdownNow();
        threads.shutdownNow();
    }
}
