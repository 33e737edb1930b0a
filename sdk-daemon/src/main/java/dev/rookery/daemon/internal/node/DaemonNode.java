package dev.rookery.daemon.internal.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.DeniedException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeMachine;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.daemon.internal.machine.HostFacts;
import dev.rookery.daemon.internal.server.ManagedServer;
import dev.rookery.kit.Correlation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The node in process, asked by one caller. Immutable and thread-safe. */
public final class DaemonNode implements Node {

    private static final Set<Capability> CAPABILITIES = Set.of(
            Capability.NUMBERED_CONSOLE,
            Capability.SERVER_LIFECYCLE,
            Capability.COMMANDS,
            Capability.LOGS,
            Capability.FILE_MANAGEMENT,
            Capability.FILE_SEARCH,
            Capability.FILE_PAGES,
            Capability.CONTENT_SEARCH,
            Capability.RESUMABLE_UPLOADS,
            Capability.FILE_JOBS,
            Capability.ARCHIVES,
            Capability.ARCHIVE_ENTRIES,
            Capability.CONSOLE_HISTORY,
            Capability.SERVER_CONDITION,
            Capability.INSTALL,
            Capability.ABORT_INSTALL,
            Capability.INSTALL_LOG,
            Capability.UTILIZATION,
            Capability.IP_ADDRESSES,
            Capability.DIAGNOSTICS,
            Capability.DEAUTHORIZATION,
            Capability.TOKEN_DENIAL);

    private final Supplier<@Nullable NodeRuntime> runtime;
    private final Operation operation;
    private final Caller caller;
    private final CallOptions options;

    /**
     * Creates the node as the panel asks it.
     *
     * @param runtime gives the running node, null while there is none
     * @param operation what goes beyond the servers
     */
    public DaemonNode(Supplier<@Nullable NodeRuntime> runtime, Operation operation) {
        this(runtime, operation, Caller.panel(), CallOptions.defaults());
    }

    private DaemonNode(
            Supplier<@Nullable NodeRuntime> runtime, Operation operation, Caller caller, CallOptions options) {
        this.runtime = runtime;
        this.operation = operation;
        this.caller = caller;
        this.options = options;
    }

    @Override
    public Node as(Caller other) {
        return new DaemonNode(runtime, operation, requireNonNull(other, "caller"), options);
    }

    @Override
    public Node with(CallOptions other) {
        return new DaemonNode(runtime, operation, caller, requireNonNull(other, "options"));
    }

    @Override
    public Set<Capability> capabilities() {
        var all = new HashSet<>(CAPABILITIES);
        if (operation.updates().isPresent()) {
            all.add(Capability.CONFIGURATION_UPDATE);
        }
        var present = runtime.get();
        if (present != null && present.services().environment().images().isPresent()) {
            all.add(Capability.MACHINE_DETAILS);
            all.add(Capability.DOCKER_DISK);
        }
        if (present == null || !present.downloads().disabled()) {
            all.add(Capability.REMOTE_DOWNLOADS);
        }
        return Set.copyOf(all);
    }

    @Override
    public NodeMachine machine() {
        return new DaemonMachine(this, operation);
    }

    @Override
    public SystemInformation system() {
        requirePanel("ask for the node's system");
        return HostFacts.read();
    }

    @Override
    public List<ServerDetails> servers() {
        requirePanel("list the node's servers");
        return running().servers().stream().map(ManagedServer::details).toList();
    }

    @Override
    public void createServer(CreateServer request) {
        requirePanel("create a server");
        requireNonNull(request, "request");
        call(() -> {
            running().create(request, options);
            return true;
        });
    }

    @Override
    public void deauthorize(Deauthorization request) {
        requirePanel("take back a user's authority");
        requireNonNull(request, "request");
        running().consoles().end(request);
        running().sftp().end(request);
    }

    @Override
    public NodeServer server(ServerId id) {
        return new DaemonServer(this, requireNonNull(id, "id"));
    }

    /**
     * Keeps everything of a server from running until that is ended, and returns once nothing does.
     *
     * @throws dev.rookery.api.ConflictException if it is being installed or deleted
     */
    public void beginTransfer(ServerId id) {
        new DaemonServer(this, requireNonNull(id, "id")).beginTransfer();
    }

    /** Lets a server run again. */
    public void endTransfer(ServerId id) {
        new DaemonServer(this, requireNonNull(id, "id")).endTransfer();
    }

    Caller caller() {
        return caller;
    }

    CallOptions options() {
        return options;
    }

    NodeRuntime running() {
        var present = runtime.get();
        if (present == null) {
            throw new UnavailableException("the node is not running (expected: Daemon.start() before, close() after)");
        }
        return present;
    }

    /** Makes a call that the correlation id goes with. */
    <T> T call(Supplier<T> body) {
        if (options.cancel().filter(signal -> signal.cancelled()).isPresent()) {
            throw new UnavailableException("the call was cancelled before it began");
        }
        var id = options.correlationId();
        if (id.isEmpty()) {
            return body.get();
        }
        var scope = Correlation.open(id.get());
        try {
            return body.get();
        } finally {
            scope.close();
        }
    }

    void requirePanel(String what) {
        if (caller instanceof Caller.User user) {
            throw new DeniedException("user " + user.user() + " may not " + what + " (expected: the panel)");
        }
    }
}
