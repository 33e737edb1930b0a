package dev.rookery.panel.internal;

import dev.rookery.api.NodeId;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.api.node.Node;
import dev.rookery.api.node.ServerDetails;
import dev.rookery.kit.NamedThreads;
import dev.rookery.panel.NodeHealth;
import dev.rookery.panel.PanelOptions;
import dev.rookery.panel.ServerSnapshot;
import dev.rookery.panel.ServerStates;
import dev.rookery.panel.spi.NodeRecord;
import dev.rookery.panel.spi.PanelServer;
import dev.rookery.panel.spi.PanelStore;
import dev.rookery.panel.spi.ServerQuery;
import dev.rookery.panel.spi.ServerStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is known of servers and nodes, asks the nodes, and tells the listeners. Thread-safe. */
public final class StateBoard implements ServerStates, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateBoard.class);

    /** Servers that nodes do not have, whatever they say. */
    private static final Set<ServerStatus> NOT_ON_NODE =
            EnumSet.of(ServerStatus.CREATING, ServerStatus.CREATE_FAILED, ServerStatus.DELETING);

    private final PanelStore store;
    private final Nodes nodes;
    private final PanelOptions options;
    private final Clock clock;
    private final Executor executor;
    private final News news = new News();
    private final Map<ServerId, ServerSnapshot> servers = new ConcurrentHashMap<>();
    private final Map<NodeId, NodeHealth> health = new ConcurrentHashMap<>();
    private final Set<NodeId> asking = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Signal wake = new Signal();

    /** Counts changes; a poll that began before a change of a server must not overwrite it. */
    private final AtomicLong changes = new AtomicLong();

    private final Map<ServerId, Long> changedAt = new ConcurrentHashMap<>();

    private volatile boolean closed;
    private @Nullable Thread poller;
    private @Nullable Thread teller;

    /** Creates a board that knows nothing yet. */
    public StateBoard(PanelStore store, Nodes nodes, PanelOptions options, Clock clock, Executor executor) {
        this.store = store;
        this.nodes = nodes;
        this.options = options;
        this.clock = clock;
        this.executor = executor;
    }

    /** Begins to ask nodes. Repeating has no effect. */
    public synchronized void start() {
        if (poller != null || closed) {
            return;
        }
        poller = NamedThreads.waiting("rookery-states-poll").newThread(this::pollLoop);
        teller = NamedThreads.waiting("rookery-states-tell").newThread(this::tellLoop);
        poller.start();
        teller.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        wake.give();
        news.close();
    }

    @Override
    public Optional<ServerSnapshot> find(ServerId id) {
        return Optional.ofNullable(servers.get(id));
    }

    @Override
    public NodeHealth node(NodeId id) {
        return health.getOrDefault(id, NodeHealth.UNKNOWN);
    }

    /** Returns whether a node was asked and did not answer. */
    boolean silent(NodeId id) {
        return Optional.ofNullable(health.get(id))
                .filter(known -> !known.reachable())
                .isPresent();
    }

    @Override
    public Registration onChange(Listener listener) {
        // A wrapper, so that the same listener registered twice is two.
        var registered = new Listener() {
            @Override
            public void onServer(ServerSnapshot server) {
                listener.onServer(server);
            }

            @Override
            public void onRemoved(ServerId server) {
                listener.onRemoved(server);
            }

            @Override
            public void onNode(NodeId node, NodeHealth nodeHealth) {
                listener.onNode(node, nodeHealth);
            }
        };
        listeners.add(registered);
        wake.give();
        return () -> listeners.remove(registered);
    }

    /** Reads a server again, whose stored state has just been changed, and tells the listeners. */
    public void changed(ServerId id) {
        long change = changes.incrementAndGet();
        changedAt.put(id, change);
        var stored = store.servers().find(id);
        changedAt.computeIfPresent(id, (server, latest) -> {
            if (latest == change) {
                publish(id, stored);
            }
            return stored.isEmpty() && latest == change ? null : latest;
        });
    }

    /** Asks a node without waiting for its turn. */
    public void refreshSoon(NodeId id) {
        store.nodes().find(id).ifPresent(this::ask);
    }

    private void publish(ServerId id, Optional<PanelServer> stored) {
        if (stored.isEmpty()) {
            if (servers.remove(id) != null) {
                news.removed(id);
            }
            return;
        }
        var server = stored.get();
        var usage = find(id).flatMap(ServerSnapshot::usage);
        put(ServerSnapshot.of(server, server.life().state(), usage));
    }

    private void put(ServerSnapshot snapshot) {
        if (!snapshot.equals(servers.put(snapshot.id(), snapshot))) {
            news.server(snapshot);
        }
    }

    private void pollLoop() {
        while (!closed) {
            try {
                var present = store.nodes().list();
                present.forEach(this::ask);
                health.keySet().retainAll(present.stream().map(NodeRecord::id).toList());
            } catch (RuntimeException e) {
                LOG.warn("the nodes could not be listed; trying again", e);
            }
            wake.await(listeners.isEmpty() ? options.idlePoll() : options.activePoll());
        }
    }

    private void ask(NodeRecord node) {
        // A node that has not answered yet is not asked again: it holds one thread at most, whatever its state.
        if (!closed && asking.add(node.id())) {
            try {
                executor.execute(() -> {
                    try {
                        poll(node);
                    } catch (RuntimeException e) {
                        LOG.warn("node {}: its servers could not be updated", node.id(), e);
                    } finally {
                        asking.remove(node.id());
                    }
                });
            } catch (RejectedExecutionException ignored) { // closing down
                asking.remove(node.id());
            }
        }
    }

    private void poll(NodeRecord record) {
        var begun = clock.instant();
        var found = new HashMap<ServerId, ServerDetails>();
        NodeHealth now;
        try {
            var node = nodes.bounded(record, options.pollDeadline());
            for (var details : node.servers()) {
                if (details.configuration() != null) {
                    found.put(details.configuration().uuid(), details);
                }
            }
            now = new NodeHealth(true, Optional.empty(), version(record.id(), node), begun);
        } catch (RookeryException e) {
            now = new NodeHealth(
                    false,
                    Optional.ofNullable(e.getMessage()),
                    node(record.id()).version(),
                    begun);
        }
        tell(record.id(), now);
        update(record.id(), begun, found);
    }

    private Optional<String> version(NodeId id, Node node) {
        var known = node(id);
        if (known.reachable()) {
            return known.version();
        }
        try {
            return Optional.ofNullable(node.system().version());
        } catch (RookeryException e) {
            LOG.debug("node {} does not tell its version: {}", id, e.getMessage());
            return known.version();
        }
    }

    private void tell(NodeId id, NodeHealth now) {
        var before = health.put(id, now);
        if (before == null
                || before.reachable() != now.reachable()
                || !before.lastError().equals(now.lastError())) {
            LOG.info(
                    "node {}: {}",
                    id,
                    now.reachable()
                            ? "reachable"
                            : "not reachable: " + now.lastError().orElse(""));
            news.node(id, now);
        }
    }

    private void update(NodeId node, Instant begun, Map<ServerId, ServerDetails> found) {
        long before = changes.get();
        var stored = store.servers().list(ServerQuery.all().node(node)).servers();
        var present = new HashSet<ServerId>();
        for (var server : stored) {
            present.add(server.id());
            var details = NOT_ON_NODE.contains(server.status())
                    ? Optional.<ServerDetails>empty()
                    : Optional.ofNullable(found.get(server.id()));
            // A report that came while the node was being asked is newer than its answer.
            boolean newer = server.life().stateAt().isAfter(begun);
            var state = newer
                    ? server.life().state()
                    : details.map(ServerDetails::state).orElse(server.life().state());
            if (!state.equals(server.life().state())) {
                store.servers().changeState(node, server.id(), state, begun);
            }
            putUnlessChanged(before, ServerSnapshot.of(server, state, details.map(ServerDetails::utilization)));
        }
        for (var snapshot : List.copyOf(servers.values())) {
            if (snapshot.node().equals(node) && !present.contains(snapshot.id())) {
                changed(snapshot.id());
            }
        }
    }

    private void putUnlessChanged(long before, ServerSnapshot snapshot) {
        changedAt.compute(snapshot.id(), (id, latest) -> {
            if (latest == null || latest <= before) {
                put(snapshot);
            }
            return latest;
        });
    }

    private void tellLoop() {
        while (!closed) {
            var batch = news.await();
            for (var listener : listeners) {
                try {
                    batch.tell(listener);
                } catch (RuntimeException e) {
                    LOG.warn("a listener for server states failed", e);
                }
            }
        }
    }
}
