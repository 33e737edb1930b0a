package dev.rookery.panel;

import static java.util.Objects.requireNonNull;

import dev.rookery.api.CallOptions;
import dev.rookery.api.Caller;
import dev.rookery.api.NodeId;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Capability;
import dev.rookery.api.node.Deauthorization;
import dev.rookery.api.node.NodeServer;
import dev.rookery.api.node.PowerAction;
import dev.rookery.api.panel.Panel;
import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.internal.Housekeeping;
import dev.rookery.panel.internal.Interpreted;
import dev.rookery.panel.internal.Nodes;
import dev.rookery.panel.internal.OperationRunner;
import dev.rookery.panel.internal.Operations;
import dev.rookery.panel.internal.PanelParts;
import dev.rookery.panel.internal.StateBoard;
import dev.rookery.panel.spi.EggInterpreter;
import dev.rookery.panel.spi.NewOperation;
import dev.rookery.panel.spi.NewServer;
import dev.rookery.panel.spi.OperationKind;
import dev.rookery.panel.spi.PanelException;
import dev.rookery.panel.spi.PanelException.Problem;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerChange;
import dev.rookery.panel.spi.ServerSpec;
import dev.rookery.panel.spi.ServerStatus;
import dev.rookery.panel.spi.TransferRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every panel has to do and nobody should write twice: it answers nodes, carries out changes of servers so that a crash loses none,
 * and knows their live state.
 *
 * <p>Creating, reinstalling and deleting store the intent and return; the service, once {@linkplain #start() started}, then calls
 * the node, again and again while it is away. All methods are thread-safe. Calls to nodes carry the calling thread's correlation
 * id, the MDC value {@code correlation}, where there is one.
 */
public final class PanelService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PanelService.class);

    private final PanelStore store;
    private final Nodes nodes;
    private final Interpreted interpreted;
    private final PanelParts parts;
    private final PanelOptions options;
    private final Clock clock;
    private final StateBoard board;
    private final OperationRunner runner;
    private final PanelBackups backups;
    private final PanelTransfers transfers;
    private final Housekeeping housekeeping;
    private final Optional<ExecutorService> ownExecutor;

    PanelService(PanelServiceBuilder builder) {
        store = builder.store;
        options = builder.options;
        clock = builder.clock;
        nodes = new Nodes(store, builder.directory);
        interpreted = new Interpreted(store.eggs(), builder.interpreter);
        ownExecutor =
                builder.executor.isPresent() ? Optional.empty() : Optional.of(NamedThreads.perTask("rookery-panel"));
        var executor = builder.executor.or(() -> ownExecutor).orElseThrow();
        board = new StateBoard(store, nodes, options, clock, executor);
        var outside = new PanelParts.Outside(store, builder.objects, builder.sftpUsers, options, clock);
        parts = new PanelParts(outside, nodes, interpreted, board);
        runner = new OperationRunner(parts, options, clock, executor);
        backups = new PanelBackups(parts, runner::wake);
        transfers = new PanelTransfers(parts, runner::wake);
        housekeeping = new Housekeeping(store.activity(), options, clock);
    }

    /**
     * Returns a builder.
     *
     * @param store what the panel keeps
     * @param directory how nodes are reached
     * @param interpreter what makes configurations of eggs
     */
    public static PanelServiceBuilder builder(PanelStore store, NodeDirectory directory, EggInterpreter interpreter) {
        return new PanelServiceBuilder(store, directory, interpreter);
    }

    /** Begins to carry out operations and to ask nodes for their state. Repeating has no effect. */
    public void start() {
        board.start();
        runner.start();
        housekeeping.start();
    }

    /** Stops; operations that are running get 10 s, what is left is resumed by the next start. Repeating has no effect. */
    @Override
    public void close() {
        runner.close();
        housekeeping.close();
        board.close();
        ownExecutor.ifPresent(ExecutorService::shutdownNow);
    }

    /** Returns the panel as one node may see it: other nodes' servers do not exist there. */
    public Panel forNode(NodeId node) {
        return parts.seenBy(requireNonNull(node, "node"), runner::wake);
    }

    /** Returns the store. */
    public PanelStore store() {
        return store;
    }

    /** Returns the backups of servers. */
    public PanelBackups backups() {
        return backups;
    }

    /** Returns the moves of servers. */
    public PanelTransfers transfers() {
        return transfers;
    }

    /** Returns the live state of servers and nodes. */
    public ServerStates states() {
        return board;
    }

    /**
     * Stores a new server with its allocations and has its node create it. The node's refusal ends in status
     * {@link ServerStatus#CREATE_FAILED} with a reason.
     *
     * @param node where it shall run
     * @param owner the user it belongs to
     * @param spec what it shall be
     * @param allocationIds its allocations, the primary one first
     * @throws PanelException if the store refuses it, such as for an allocation that belongs to another server
     * @throws dev.rookery.api.InvalidInputException if the egg does not allow the values
     */
    public PanelServer create(NodeId node, UUID owner, ServerSpec spec, List<Long> allocationIds) {
        var id = ServerId.random();
        var now = clock.instant();
        requireInterpretable(new NewServer(id, node, owner, spec, allocationIds, now));
        var operation = operation(OperationKind.CREATE, id);
        var server = store.servers().add(new NewServer(id, node, owner, spec, allocationIds, now), operation);
        runner.wake();
        board.changed(id);
        return server;
    }

    /**
     * The same with one allocation, the first on the node that is free, also when others take some at this moment.
     *
     * @param node where it shall run
     * @param owner the user it belongs to
     * @param spec what it shall be
     * @throws PanelException {@code NODE_NOT_FOUND}; {@code ALLOCATION_IN_USE} if none is free; else as the store refuses it
     * @throws dev.rookery.api.InvalidInputException if the egg does not allow the values
     */
    public PanelServer create(NodeId node, UUID owner, ServerSpec spec) {
        nodes.require(node);
        for (var allocation : store.nodes().allocations(node)) {
            if (allocation.server().isEmpty()) {
                try {
                    return create(node, owner, spec, List.of(allocation.id()));
                } catch (PanelException e) {
                    if (e.problem() != Problem.ALLOCATION_IN_USE) {
                        throw e;
                    }
                    LOG.debug("allocation {} was taken meanwhile", allocation.id());
                }
            }
        }
        throw new PanelException(
                Problem.ALLOCATION_IN_USE,
                "node " + node + " has no free allocation (expected: one for the server)",
                Map.of("node", node.toString()));
    }

    /**
     * Has a server deleted, whatever it is doing: it is gone from the panel, and its allocations are free, once its node has
     * confirmed that it is gone there. Repeating has no effect.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public void delete(ServerId id) {
        require(store, id);
        parts.changes().change(id, this::deletion);
        runner.wake();
        board.changed(id);
    }

    /**
     * Has a server installed again, keeping its files; one whose creation failed is created again.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code SERVER_SUSPENDED}, {@code SERVER_BUSY}, or {@code SERVER_STATUS} if it is
     *     being created or deleted
     */
    public void reinstall(ServerId id) {
        var server = require(store, id);
        requireNotSuspended(server);
        if (server.status() == ServerStatus.CREATE_FAILED) {
            store.operations()
                    .begin(
                            operation(OperationKind.CREATE, id),
                            Set.of(ServerStatus.CREATE_FAILED),
                            ServerStatus.CREATING);
        } else {
            // INSTALLING is allowed: a node may have forgotten an installation, and says so if it has not.
            store.operations()
                    .begin(
                            operation(OperationKind.REINSTALL, id),
                            EnumSet.of(ServerStatus.READY, ServerStatus.INSTALL_FAILED, ServerStatus.INSTALLING),
                            ServerStatus.INSTALLING);
        }
        runner.wake();
        board.changed(id);
    }

    /**
     * Asks the node for a power action and returns once it has accepted. Only a kill is allowed while the server is being installed, and
     * ends that.
     *
     * @param caller on whose authority
     * @throws PanelException {@code SERVER_NOT_FOUND}, {@code SERVER_SUSPENDED} or {@code SERVER_STATUS}
     * @throws RookeryException as the node says
     */
    public void power(ServerId id, PowerAction action, Caller caller) {
        var server = require(store, id);
        if (action == PowerAction.START || action == PowerAction.RESTART) {
            requireNotSuspended(server);
        }
        var allowed = action == PowerAction.KILL
                ? EnumSet.of(ServerStatus.READY, ServerStatus.INSTALLING, ServerStatus.INSTALL_FAILED)
                : EnumSet.of(ServerStatus.READY);
        if (!allowed.contains(server.status())) {
            throw wrongStatus(server, "for " + action + ", one of " + allowed);
        }
        nodes.bounded(server.node(), options.callDeadline())
                .as(caller)
                .server(id)
                .power(action);
    }

    /**
     * Changes what a server shall be, and has its node told, again and again while it is away.
     *
     * @param change makes the new specification of the present one, of the same egg; may be called more than once and must not wait
     * @return the server afterwards
     * @throws PanelException {@code SERVER_NOT_FOUND}, or as the store refuses it
     * @throws dev.rookery.api.InvalidInputException if the egg does not allow the values
     */
    public PanelServer reconfigure(ServerId id, UnaryOperator<ServerSpec> change) {
        require(store, id);
        parts.changes().change(id, server -> {
            var wanted = change.apply(server.spec());
            requireInterpretable(PanelServer.builder().from(server).spec(wanted).build());
            return List.of(
                    new ServerChange.Specify(wanted),
                    new ServerChange.Begin(Operations.of(OperationKind.SYNC, id, clock.instant())));
        });
        board.changed(id);
        runner.wake();
        return require(store, id);
    }

    /**
     * Has the node fetch the server's configuration again, again and again while it is away; returns before it has.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public void requestSync(ServerId id) {
        require(store, id);
        parts.changes()
                .change(
                        id,
                        server -> List.of(
                                new ServerChange.Begin(Operations.of(OperationKind.SYNC, id, clock.instant()))));
        runner.wake();
    }

    /**
     * Has the node fetch the server's configuration again, now.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}
     * @throws RookeryException as the node says
     */
    public void sync(ServerId id) {
        var server = require(store, id);
        nodes.bounded(server.node(), options.callDeadline()).server(id).sync();
    }

    /**
     * Suspends a server, or lifts that, and has its node told, again and again while it is away.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public void suspend(ServerId id, boolean suspended) {
        require(store, id);
        boolean changed = parts.changes()
                .change(
                        id,
                        server -> server.life().suspended() == suspended
                                ? List.of()
                                : List.of(
                                        new ServerChange.Suspension(suspended),
                                        new ServerChange.Begin(
                                                Operations.of(OperationKind.SYNC, id, clock.instant()))));
        if (changed) {
            runner.wake();
            board.changed(id);
        }
    }

    /**
     * Returns a server on its node, for what this service has no method for: files, logs, details.
     *
     * @param caller on whose authority
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public NodeServer onNode(ServerId id, Caller caller) {
        return nodes.unbounded(require(store, id).node()).as(caller).server(id);
    }

    /**
     * Returns a server on its node, for calls that take at most {@code deadline}.
     *
     * @param caller on whose authority
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public NodeServer onNode(ServerId id, Caller caller, Duration deadline) {
        return nodes.bounded(require(store, id).node(), deadline).as(caller).server(id);
    }

    /**
     * Returns a server on its node, for calls that are bounded, or ended early, by {@code options}.
     *
     * @param caller on whose authority
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public NodeServer onNode(ServerId id, Caller caller, CallOptions options) {
        return nodes.with(require(store, id).node(), options).as(caller).server(id);
    }

    /**
     * Has a node end every session of a user and refuse the tokens that the user has.
     *
     * @param node which node
     * @param request whose, and on which servers
     * @throws PanelException {@code NODE_NOT_FOUND}
     * @throws RookeryException as the node says
     */
    public void deauthorize(NodeId node, Deauthorization request) {
        nodes.bounded(node, options.callDeadline()).deauthorize(request);
    }

    /**
     * Returns what a server's node offers beyond the common protocol.
     *
     * @throws PanelException {@code SERVER_NOT_FOUND}
     */
    public Set<Capability> capabilities(ServerId id) {
        return nodes.bounded(require(store, id).node(), options.callDeadline()).capabilities();
    }

    /**
     * Carries out on this thread what is due, one after the other; for tests, and for programs that do not {@linkplain #start() start} the
     * service.
     *
     * @return how many operations that were
     */
    public int runDue() {
        return runner.runDue();
    }

    private void requireInterpretable(NewServer server) {
        var known = store.nodes().allocations(server.node());
        var allocations = server.allocationIds().stream()
                .flatMap(id -> known.stream().filter(a -> a.id() == id))
                .toList();
        var draft = PanelServer.builder()
                .id(server.id())
                .number(1)
                .node(server.node())
                .owner(server.owner())
                .spec(server.spec())
                .allocations(allocations)
                .life(PanelServer.Life.created(server.createdAt()))
                .createdAt(server.createdAt())
                .build();
        requireInterpretable(draft);
    }

    private void requireInterpretable(PanelServer draft) {
        interpreted.configuration(draft);
        interpreted.installScript(draft);
    }

    /** A deletion takes the place of everything else; it takes place wherever the server may be. */
    private List<ServerChange> deletion(PanelServer server) {
        var present = store.operations().list(server.id());
        if (present.stream().anyMatch(operation -> operation.kind() == OperationKind.DELETE)) {
            return List.of();
        }
        var elsewhere = new LinkedHashSet<NodeId>();
        present.stream()
                .filter(operation -> operation.kind() == OperationKind.CLEAN_UP)
                .map(Operations::node)
                .forEach(elsewhere::add);
        store.transfers()
                .latest(server.id())
                .filter(transfer -> transfer.state() == TransferRecord.State.RUNNING)
                .ifPresent(transfer -> elsewhere.add(transfer.destination()));
        var changes = new ArrayList<ServerChange>();
        changes.add(new ServerChange.Status(ServerStatus.DELETING, Optional.empty()));
        changes.add(new ServerChange.Begin(Operations.delete(server.id(), elsewhere, clock.instant())));
        // What is in the same slot is replaced, so that the deletion waits until it has ended.
        present.stream()
                .filter(operation -> !operation.slot().equals("server"))
                .forEach(operation -> changes.add(new ServerChange.End(operation.id())));
        return changes;
    }

    static PanelServer require(PanelStore store, ServerId id) {
        return store.servers().find(id).orElseThrow(() -> serverNotFound(id));
    }

    private static PanelException serverNotFound(ServerId id) {
        return new PanelException(
                Problem.SERVER_NOT_FOUND, "there is no server " + id, Map.of("server", id.toString()));
    }

    static PanelException wrongStatus(PanelServer server, String expected) {
        return new PanelException(
                Problem.SERVER_STATUS,
                "server " + server.id() + " is " + server.status() + " (expected: " + expected + ")",
                Map.of(
                        "server",
                        server.id().toString(),
                        "status",
                        server.status().name()));
    }

    static void requireNotSuspended(PanelServer server) {
        if (server.life().suspended()) {
            throw new PanelException(
                    Problem.SERVER_SUSPENDED,
                    "server " + server.id() + " is suspended",
                    Map.of("server", server.id().toString()));
        }
    }

    private NewOperation operation(OperationKind kind, ServerId server) {
        return Operations.of(kind, server, clock.instant());
    }
}
