package dev.rookery.testing.node;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.ConflictException;
import dev.rookery.api.DeniedException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.dialect.Dialect;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.CreateServer;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.NodeMachine;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.NodeTransfers;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.api.node.SystemInformation;
import dev.rookery.api.panel.Panel;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A node without containers: it keeps the contract of {@link Node} with every group of calls, installs and runs its servers by a {@link
 * FakeProgram}, and holds their files and backups in memory. For tests of panels; thread-safe.
 *
 * <p>What it does can be scripted call by call ({@link #script()}); faults of the network belong to {@code testing.fault}.
 */
public final class FakeNode implements Node, AutoCloseable {

    private final FakeState shared;
    private final Caller caller;
    private final CallOptions options;

    private FakeNode(FakeState shared, Caller caller, CallOptions options) {
        this.shared = shared;
        this.caller = caller;
        this.options = options;
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
        return new FakeNode(new FakeState(panel, program), Caller.panel(), CallOptions.defaults());
    }

    // What a test can set

    /** From now on every call fails as if the node were down, or works again. */
    public void away(boolean isAway) {
        shared.away = isAway;
    }

    /** Returns what the next calls shall do instead. */
    public FakeScript script() {
        return shared.script;
    }

    /** Returns what the node says of its machine, for a test to change. */
    public FakeMachine fakeMachine() {
        return shared.machine;
    }

    /** Sets from where files may be fetched; everywhere by default. Where not, the call is refused as with a private address. */
    public void fetchesFrom(Predicate<URI> allowed) {
        shared.reachable = requireNonNull(allowed, "allowed");
    }

    /**
     * Makes transfers to an address go straight to a node instead of over HTTP.
     *
     * @param address what {@link dev.rookery.api.transfer.TransferRequest#destination()} names
     * @param node who receives
     */
    public void connect(URI address, Node node) {
        shared.destinations.put(requireNonNull(address, "address"), requireNonNull(node, "node"));
    }

    /** Sets which daemon the node speaks like when it sends a server to another one; like Pelican's by default. */
    public void dialect(Dialect dialect) {
        shared.dialect = requireNonNull(dialect, "dialect");
    }

    /** Sets which groups of calls the node has; all of the port by default. */
    public void offers(Set<Capability> capabilities) {
        shared.capabilities = Set.copyOf(capabilities);
    }

    /** Returns what was deauthorized so far, in order. */
    public List<Deauthorization> deauthorizations() {
        return List.copyOf(shared.deauthorizations);
    }

    /** Returns the ids of the tokens of a server that were refused so far, in order. */
    public List<String> deniedTokens(ServerId server) {
        return require(server).deniedTokens();
    }

    // The port

    @Override
    public Node as(Caller other) {
        return new FakeNode(shared, requireNonNull(other, "caller"), options);
    }

    @Override
    public Node with(CallOptions other) {
        return new FakeNode(shared, caller, requireNonNull(other, "options"));
    }

    @Override
    public Set<Capability> capabilities() {
        requirePresent();
        return shared.capabilities;
    }

    @Override
    public SystemInformation system() {
        return shared.script.call(Node.class, "system", options, () -> {
            requirePanel();
            return shared.machine.system();
        });
    }

    @Override
    public List<ServerDetails> servers() {
        return shared.script.call(Node.class, "servers", options, () -> {
            requirePanel();
            return shared.servers.values().stream().map(FakeServer::details).toList();
        });
    }

    @Override
    public void createServer(CreateServer request) {
        shared.script.call(Node.class, "createServer", options, () -> {
            create(request);
            return true;
        });
    }

    @Override
    public NodeServer server(ServerId id) {
        return scripted(NodeServer.class, new FakeNodeServer(this, requireNonNull(id, "id")));
    }

    @Override
    public NodeMachine machine() {
        return scripted(NodeMachine.class, new FakeNodeMachine(this));
    }

    @Override
    public NodeTransfers transfers() {
        offered(Capability.TRANSFERS);
        return scripted(NodeTransfers.class, new FakeNodeTransfers(this));
    }

    @Override
    public void deauthorize(Deauthorization request) {
        shared.script.call(Node.class, "deauthorize", options, () -> {
            offered(Capability.DEAUTHORIZATION);
            requirePanel();
            shared.deauthorizations.add(request);
            shared.servers.values().stream()
                    .filter(server ->
                            request.servers().isEmpty() || request.servers().contains(server.id()))
                    .forEach(server -> server.endConsolesOf(request.user()));
            return true;
        });
    }

    /** Ends the simulation. Consoles that are open are told nothing more. */
    @Override
    public void close() {
        shared.close();
    }

    // For the views

    Caller caller() {
        return caller;
    }

    FakeState shared() {
        return shared;
    }

    <T> T scripted(Class<T> port, T target) {
        return shared.script.over(port, options, target);
    }

    FakeServer require(ServerId id) {
        requirePresent();
        var server = shared.servers.get(id);
        if (server == null) {
            throw new NotFoundException("this node has no server " + id);
        }
        return server;
    }

    void offered(Capability capability) {
        requirePresent();
        shared.offered(capability);
    }

    void requirePanel() {
        requirePresent();
        if (!caller.equals(Caller.panel())) {
            throw new DeniedException("only the panel itself may do this");
        }
    }

    void add(FakeServer server) {
        if (shared.servers.putIfAbsent(server.id(), server) != null) {
            throw exists(server.id());
        }
    }

    void requireAbsent(ServerId id) {
        if (shared.servers.containsKey(id)) {
            throw exists(id);
        }
    }

    private void create(CreateServer request) {
        requirePanel();
        requireAbsent(request.uuid());
        var server = new FakeServer(shared, shared.panel.configuration(request.uuid()));
        add(server);
        server.install(false, request.startOnCompletion());
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
