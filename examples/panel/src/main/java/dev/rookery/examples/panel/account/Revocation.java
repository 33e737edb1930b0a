package dev.rookery.examples.panel.account;

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
    private static final int NODES_AT_A_TIME = 4;
    /** No SFTP session and no token lives that long. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private final DeauthorizationStore store;
    private final PanelService panel;
    private final ConsoleRelay relay;
    private final Clock clock;
    private final CopyOnWriteArrayList<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
    private final Set<Due> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "panel-revocation"));
    private final ExecutorService callers =
            Executors.newFixedThreadPool(NODES_AT_A_TIME, task -> thread(task, "panel-revocation-node"));

    /** Creates the way; nothing is told to nodes before {@link #start}. */
    public Revocation(DeauthorizationStore store, PanelService panel, ConsoleRelay relay, Clock clock) {
        this.store = store;
        this.panel = panel;
        this.relay = relay;
        this.clock = clock;
    }

    /** Begins to tell nodes what is noted. */
    public void start() {
        timer.scheduleWithFixedDelay(this::tellNodes, 0, RETRY_SECONDS, TimeUnit.SECONDS);
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
        try {
            timer.execute(this::tellNodes);
        } catch (RejectedExecutionException e) {
            LOG.debug("the panel closes; nodes are told after its next start", e);
        }
    }

    private void tellNodes() {
        try {
            store.forget(clock.instant().minus(FORGOTTEN_AFTER));
            for (var due : store.due()) {
                if (running.add(due)) {
                    callers.execute(() -> tell(due));
                }
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the panel closes", e);
        } catch (RuntimeException e) {
            LOG.warn("the sessions that nodes have to end could not be read", e);
        }
    }

    private void tell(Due due) {
        try {
            panel.deauthorize(due.node(), due.request());
            store.done(due);
            LOG.info("node {} was told to end the sessions of user {} {}", due.node(), due.user(), due.servers());
        } catch (NotOfferedException | PanelException e) {
            store.done(due);
            LOG.warn("node {} cannot end the sessions of user {}: {}", due.node(), due.user(), e.getMessage());
        } catch (RookeryException e) {
            LOG.warn(
                    "node {} was not told yet to end the sessions of user {}: {}",
                    due.node(),
                    due.user(),
                    e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("node {} was not told yet to end the sessions of user {}", due.node(), due.user(), e);
        } finally {
            running.remove(due);
        }
    }

    private static Thread thread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
