package dev.rookery.examples.panel.account;

import dev.rookery.api.NodeId;
import dev.rookery.api.NotOfferedException;
import dev.rookery.api.RookeryException;
import dev.rookery.api.ServerId;
import dev.rookery.examples.panel.sql.DeauthorizationStore;
import dev.rookery.examples.panel.sql.DeauthorizationStore.Due;
import dev.rookery.panel.ConsoleRelay;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.spi.PanelException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the loss of access to where it was still in use: consoles and pages that are open here end at once, and nodes are asked to end
 * their sessions, again and again until each has. What was noted survives a restart. Thread-safe.
 */
public final class Revocation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);
    private static final long RETRY_SECONDS = 15;
    private static final int LONGEST_REST = 16;
    private static final int CALLS_AT_A_TIME = 100;
    /** No SFTP session and no token lives that long. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private final DeauthorizationStore store;
    private final PanelService panel;
    private final ConsoleRelay relay;
    private final Clock clock;
    private final CopyOnWriteArrayList<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
    private final Map<NodeId, Rest> resting = new ConcurrentHashMap<>();
    private final Set<NodeId> running = ConcurrentHashMap.newKeySet();
    /** Of those that are being told: those for which something was noted since. */
    private final Set<NodeId> again = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "panel-revocation"));
    /** One task a node at most, so that one that hangs delays no other. */
    private final ExecutorService callers =
            Executors.newCachedThreadPool(task -> thread(task, "panel-revocation-node"));

    private record Rest(int failures, Instant until) {}

    /** Creates the way; nothing is told to nodes before {@link #start}. */
    public Revocation(DeauthorizationStore store, PanelService panel, ConsoleRelay relay, Clock clock) {
        this.store = store;
        this.panel = panel;
        this.relay = relay;
        this.clock = clock;
    }

    /** Begins to tell nodes what is noted. */
    public void start() {
        timer.scheduleWithFixedDelay(() -> tellNodes(false), 0, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Has somebody told of users whose access has changed.
     *
     * @param listener is called on the thread of the change and must not wait
     */
    public void onChange(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    /** Ends what a user has open on one server. The change is stored already. */
    public void changed(UUID user, ServerId server) {
        relay.disconnect(user, server);
        listeners.forEach(listener -> listener.accept(user));
        wake();
    }

    /** Ends all that a user has open. The change is stored already. */
    public void changed(UUID user) {
        relay.disconnect(user);
        listeners.forEach(listener -> listener.accept(user));
        wake();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        callers.shutdownNow();
    }

    /** Tells nodes now what is noted. */
    public void wake() {
        soon(() -> tellNodes(true));
    }

    private void soon(Runnable task) {
        try {
            timer.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the panel closes; nodes are told after its next start", e);
        }
    }

    /**
     * Tells each node what it has to be told.
     *
     * @param all also those that did not answer and are to be left alone for a while
     */
    private void tellNodes(boolean all) {
        try {
            var now = clock.instant();
            store.forget(now.minus(FORGOTTEN_AFTER));
            for (var node : store.nodes()) {
                var rest = Optional.ofNullable(resting.get(node)).filter(r -> !all && now.isBefore(r.until()));
                if (rest.isEmpty()) {
                    begin(node, all);
                }
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the panel closes", e);
        } catch (RuntimeException e) {
            LOG.warn("the sessions that nodes have to end could not be read", e);
        }
    }

    private void begin(NodeId node, boolean all) {
        if (!running.add(node)) {
            if (!all) {
                return;
            }
            again.add(node);
            // Whoever was at it may have ended just before that.
            if (!running.add(node)) {
                return;
            }
            again.remove(node);
        }
        try {
            callers.execute(() -> tell(node));
        } catch (RuntimeException e) {
            running.remove(node);
            throw e;
        }
    }

    /** Tells a node one thing after the other, up to the first that it does not answer. */
    private void tell(NodeId node) {
        boolean well = false;
        try {
            var calls = store.due(node, CALLS_AT_A_TIME);
            well = true;
            while (well && !calls.isEmpty()) {
                well = told(calls);
                calls = store.due(node, CALLS_AT_A_TIME);
            }
        } catch (RuntimeException e) {
            well = false;
            LOG.error("node {} was not told yet which sessions to end", node, e);
        } finally {
            ended(node, well);
        }
    }

    private void ended(NodeId node, boolean well) {
        if (well) {
            resting.remove(node);
        } else {
            int failures =
                    Optional.ofNullable(resting.get(node)).map(Rest::failures).orElse(0) + 1;
            long seconds = RETRY_SECONDS * Math.min(1L << Math.min(failures - 1, LONGEST_REST), LONGEST_REST);
            resting.put(node, new Rest(failures, clock.instant().plusSeconds(seconds)));
        }
        running.remove(node);
        // Asked for meanwhile: once more, also if the node did not answer a moment ago.
        if (again.remove(node)) {
            soon(() -> begin(node, false));
        }
    }

    /** Tells a node some things; says whether all of them were heard. */
    private boolean told(List<Due> calls) {
        boolean well = true;
        for (var due : calls) {
            try {
                tell(due);
            } catch (RookeryException e) {
                LOG.warn(
                        "node {} was not told yet to end the sessions of user {}: {}",
                        due.node(),
                        due.user(),
                        e.getMessage());
                well = false;
                if (e.retryable()) {
                    return false;
                }
            }
        }
        return well;
    }

    private void tell(Due due) {
        try {
            panel.deauthorize(due.node(), due.request());
            store.done(due);
            LOG.info("node {} was told to end the sessions of user {} {}", due.node(), due.user(), due.servers());
        } catch (NotOfferedException | PanelException e) {
            store.done(due);
            LOG.warn("node {} cannot end the sessions of user {}: {}", due.node(), due.user(), e.getMessage());
        }
    }

    private static Thread thread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
