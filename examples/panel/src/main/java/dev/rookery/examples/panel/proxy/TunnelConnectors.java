package dev.rookery.examples.panel.proxy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.kit.NamedThreads;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import dev.rookery.proxy.route.CloudflareBinding;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connectors of tunnels that the panel runs, one for each binding that has been switched on. One that ends is started again, and so are all when the panel
 * starts, unless they run already. Nobody waits for them. Thread-safe.
 */
public final class TunnelConnectors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelConnectors.class);
    private static final long LOOK_SECONDS = 5;
    private static final long CLOSE_SECONDS = 45;

    private final Optional<ConnectorChoice> choice;
    private final Clock clock;
    private final WantedConnectors wanted;
    private final Supplier<List<CloudflareBinding>> bindings;
    private final Function<CloudflareBinding, CloudflareApi> apis;
    private final Map<String, KeptConnector> running = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, NamedThreads.platform("tunnel-connectors"));

    TunnelConnectors(
            Optional<ConnectorChoice> choice,
            Path folder,
            Supplier<List<CloudflareBinding>> bindings,
            Function<CloudflareBinding, CloudflareApi> apis,
            Clock clock) {
        this.choice = choice;
        this.clock = clock;
        this.wanted = new WantedConnectors(folder);
        this.bindings = bindings;
        this.apis = apis;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Begins to look after them. */
    void open() {
        if (choice.isPresent()) {
            thread.execute(this::endWhatIsNotWanted);
            thread.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Switches the connector of a binding on. Returns at once.
     *
     * @throws NotFoundException if there is no such binding
     * @throws ConflictException if the panel has nothing to run it with
     */
    public ConnectorState start(String binding) {
        if (choice.isEmpty()) {
            throw new ConflictException(
                    "the panel runs no connectors (expected: it was started with the program of cloudflared, or an image of it)");
        }
        require(binding);
        wanted.add(binding);
        soon();
        return state(binding);
    }

    /**
     * Switches the connector of a binding off. Returns at once.
     *
     * @throws NotFoundException if there is no such binding
     */
    public ConnectorState stop(String binding) {
        require(binding);
        wanted.remove(binding);
        soon();
        return state(binding);
    }

    /** Returns how the connector of a binding is. Asks it, for at most two seconds. */
    public ConnectorState state(String binding) {
        var connector = Optional.ofNullable(running.get(binding));
        boolean on = choice.isPresent() && wanted.contains(binding);
        return new ConnectorState(
                choice.map(ConnectorChoice::kind),
                on,
                connector.map(KeptConnector::status).orElse(ConnectorStatus.OFF),
                on ? connector.flatMap(KeptConnector::said) : Optional.empty());
    }

    /** Ends all connectors, which are started again with the next panel, unless they outlive this one. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (choice.filter(ConnectorChoice::outlive).isPresent()) {
            running.values().forEach(KeptConnector::leave);
        } else {
            running.values().parallelStream().forEach(KeptConnector::stop);
        }
        running.clear();
    }

    private void soon() {
        thread.execute(this::look);
    }

    private void look() {
        try {
            var present = bindings.get();
            var ids = present.stream().map(CloudflareBinding::id).toList();
            running.forEach((id, connector) -> {
                if (!ids.contains(id) || !wanted.contains(id)) {
                    connector.stop();
                    running.remove(id);
                }
            });
            for (var binding : present) {
                choice.filter(way -> wanted.contains(binding.id()))
                        .map(way -> running.computeIfAbsent(
                                binding.id(), id -> new KeptConnector(way.launcher(wanted.folder(id)), clock)))
                        .ifPresent(connector -> connector.look(binding, apis));
            }
        } catch (RookeryException e) {
            LOG.warn("The connectors of tunnels cannot be looked after: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The connectors of tunnels cannot be looked after", e);
        }
    }

    /** An earlier panel may have been killed before it ended what was switched off, and bindings go while no panel runs. */
    private void endWhatIsNotWanted() {
        try {
            var ids = new HashSet<String>();
            bindings.get().forEach(binding -> ids.add(binding.id()));
            for (var id : wanted.known()) {
                if (!ids.contains(id) || !wanted.contains(id)) {
                    choice.flatMap(way -> way.launcher(wanted.folder(id)).adopt(""))
                            .ifPresent(left -> left.connector().close());
                }
            }
        } catch (RookeryException e) {
            LOG.warn("Connectors that an earlier panel has left cannot be looked for: {}", e.getMessage());
        }
    }

    private void require(String binding) {
        if (bindings.get().stream().noneMatch(one -> one.id().equals(binding))) {
            throw new NotFoundException("binding '" + binding + "' (expected: the id of one)");
        }
    }
}
