package dev.rookery.examples.panel.proxy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.kit.NamedThreads;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import dev.rookery.proxy.route.CloudflareBinding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connectors of tunnels that run on the panel's machine, one for each binding that has been switched on. One that ends is started again, and so are all
 * when the panel starts. Nobody waits for them. Thread-safe.
 */
public final class TunnelConnectors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelConnectors.class);
    private static final long LOOK_SECONDS = 5;
    private static final long CLOSE_SECONDS = 45;
    private static final ConnectorStatus OFF =
            new ConnectorStatus(false, false, 0, OptionalLong.empty(), OptionalInt.empty());

    private final Optional<Path> program;
    private final WantedConnectors wanted;
    private final Supplier<List<CloudflareBinding>> bindings;
    private final Function<CloudflareBinding, CloudflareApi> apis;
    private final Map<String, RunningConnector> running = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, NamedThreads.platform("tunnel-connectors"));

    TunnelConnectors(
            Optional<Path> program,
            Path folder,
            Supplier<List<CloudflareBinding>> bindings,
            Function<CloudflareBinding, CloudflareApi> apis) {
        this.program = program;
        this.wanted = new WantedConnectors(folder);
        this.bindings = bindings;
        this.apis = apis;
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /** Begins to look after them. */
    void open() {
        if (program.isPresent()) {
            thread.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Switches the connector of a binding on. Returns at once.
     *
     * @throws NotFoundException if there is no such binding
     * @throws ConflictException if the panel has no program to run it with
     */
    public ConnectorState start(String binding) {
        if (program.isEmpty()) {
            throw new ConflictException(
                    "the panel runs no connectors (expected: it was started with the program of cloudflared)");
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
        boolean on = program.isPresent() && wanted.contains(binding);
        return new ConnectorState(
                program.isPresent(),
                on,
                connector.map(RunningConnector::status).orElse(OFF),
                on ? connector.flatMap(RunningConnector::said) : Optional.empty());
    }

    /** Ends all connectors, which are started again with the next panel. */
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
        running.values().parallelStream().forEach(RunningConnector::end);
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
                    connector.end();
                    running.remove(id);
                }
            });
            for (var binding : present) {
                program.filter(file -> wanted.contains(binding.id()))
                        .map(file -> running.computeIfAbsent(
                                binding.id(), id -> new RunningConnector(file, wanted.folder(id))))
                        .ifPresent(connector -> connector.ensure(binding, apis));
            }
        } catch (RookeryException e) {
            LOG.warn("The connectors of tunnels cannot be looked after: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The connectors of tunnels cannot be looked after", e);
        }
    }

    private void require(String binding) {
        if (bindings.get().stream().noneMatch(one -> one.id().equals(binding))) {
            throw new NotFoundException("binding '" + binding + "' (expected: the id of one)");
        }
    }
}
