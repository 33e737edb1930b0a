package dev.rookery.testing.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.panel.Panel;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A node without containers: it keeps the contract of {@link Node}, installs and runs its servers by a {@link FakeProgram}, and holds
 * their files in memory. For tests of panels; thread-safe.
 */
public final class FakeNode implements Node, AutoCloseable {

    private final Shared shared;
    private final Caller caller;

    private FakeNode(Shared shared, Caller caller) {
        this.shared = shared;
        this.caller = caller;
    }

    /** Returns a node whose servers run the program of the contract. */
    public static FakeNode create(Panel panel) {
        return create(panel, FakeProgram.contract());
    }

    /**
     * Returns a node.
     *
     * @param panel where it takes its servers from, and reports to
     * @param program what all of its servers run
     */
    public static FakeNode create(Panel panel, FakeProgram program) {
        return new FakeNode(new Shared(panel, program), Caller.panel());
    }

    /** What all views of one fake node share. */
    static final class Shared {

        final Panel panel;
        final FakeProgram program;
        final Clock clock = Clock.systemUTC();
        final Map<ServerId, FakeServer> servers = new ConcurrentHashMap<>();
        final ScheduledExecutorService simulation = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "fake-node");
            thread.setDaemon(true);
            return thread;
        });
        volatile boolean away;

        private Shared(Panel panel, FakeProgram program) {
            this.panel = requireNonNull(panel, "panel");
            this.program = requireNonNull(program, "program");
        }
    }

    /** From now on every call fails as if the node were down, or works again. */
    public void away(boolean isAway) {
        shared.away = isAway;
    }

    @Override
    public Node as(Caller other) {
        return new FakeNode(shared, requireNonNull(other, "caller"));
    }

    @Override
    public Node with(CallOptions options) {
        requireNonNull(options, "options");
        return this;
    }

    @Override
    public Set<Capability> capabilities() {
        requirePresent();
        return Set.of(Capability.NUMBERED_CONSOLE);
    }

    @Override
    public SystemInformation system() {
        requirePresent();
        return new SystemInformation(
                "amd64", Runtime.getRuntime().availableProcessors(), "6.1.0-fake", "linux", "0.1.0");
    }

    @Override
    public List<ServerDetails> servers() {
        requirePanel();
        return shared.servers.values().stream().map(FakeServer::details).toList();
    }

    @Override
    public void createServer(CreateServer request) {
        requirePanel();
        var id = request.uuid();
        if (shared.servers.containsKey(id)) {
            throw exists(id);
        }
        var server = new FakeServer(shared, shared.panel.configuration(id));
        if (shared.servers.putIfAbsent(id, server) != null) {
            throw exists(id);
        }
        server.install(false, request.startOnCompletion());
    }

    @Override
    public NodeServer server(ServerId id) {
        return new FakeNodeServer(this, id);
    }

    /** Ends the simulation. Consoles that are open are told nothing more. */
    @Override
    public void close() {
        shared.simulation.shutdownNow();
    }

    Caller caller() {
        return caller;
    }

    Shared shared() {
        return shared;
    }

    FakeServer require(ServerId id) {
        requirePresent();
        var server = shared.servers.get(id);
        if (server == null) {
            throw new NotFoundException("this node has no server " + id);
        }
        return server;
    }

    void requirePanel() {
        requirePresent();
        if (!caller.equals(Caller.panel())) {
            throw new DeniedException("only the panel itself may do this");
        }
    }

    private void requirePresent() {
        if (shared.away) {
            throw new UnavailableException("the node is away");
        }
    }

    private static ConflictException exists(ServerId id) {
        return new ConflictException("this node has the server " + id + " already");
    }
}
