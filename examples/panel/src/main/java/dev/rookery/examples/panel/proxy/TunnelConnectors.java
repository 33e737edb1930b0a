package dev.rookery.examples.panel.proxy;

import dev.rookery.api.ConflictException;
import dev.rookery.api.NotFoundException;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import dev.rookery.proxy.route.CloudflareBinding;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connectors of tunnels that the panel runs, one for each binding that has been switched on. One that ends is started again, and so are all when the panel
 * starts, unless they run already. Nobody waits for them, and none for another one. Thread-safe.
 */
public final class TunnelConnectors implements AutoCloseable {

    private final Optional<ConnectorChoice> choice;
    private final Clock clock;
    private final WantedConnectors wanted;
    private final Supplier<List<CloudflareBinding>> bindings;
    private final Function<CloudflareBinding, CloudflareApi> apis;
    private final Map<String, KeptConnector> running = new ConcurrentHashMap<>();
    /** Which ones that nobody wants are known to have ended. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private final ConnectorThreads threads = new ConnectorThreads();

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
    }

    /** Begins to look after them. */
    void open() {
        if (choice.isPresent()) {
            threads.lookRegularly(this::look);
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
        threads.look(this::look);
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
        threads.look(this::look);
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
        threads.close();
        if (choice.filter(ConnectorChoice::outlive).isPresent()) {
            running.values().forEach(KeptConnector::leave);
        } else {
            running.values().parallelStream().forEach(KeptConnector::stop);
        }
        running.clear();
    }

    private void look() {
        var present = present();
        Stream.concat(wanted.known().stream(), running.keySet().stream())
                .distinct()
                .forEach(id -> threads.work(id, () -> lookAfter(id, Optional.ofNullable(present.get(id)))));
    }

    private void lookAfter(String id, Optional<CloudflareBinding> binding) {
        if (binding.isPresent() && wanted.contains(id)) {
            ended.remove(id);
            choice.map(way -> running.computeIfAbsent(
                            id, any -> new KeptConnector(way.launcher(wanted.folder(id)), clock)))
                    .ifPresent(connector -> connector.look(binding.get(), apis));
        } else if (!ended.contains(id)) {
            Optional.ofNullable(running.get(id)).ifPresent(KeptConnector::stop);
            endWhatWasLeft(id);
            running.remove(id);
            ended.add(id);
        }
    }

    /**
     * An earlier panel may have been killed before it ended what was switched off, or have left running what this one could not take over yet; and bindings go
     * while no panel runs. What cannot be ended now is tried again.
     */
    private void endWhatWasLeft(String id) {
        choice.flatMap(way -> way.launcher(wanted.folder(id)).adopt(""))
                .ifPresent(left -> left.connector().close());
    }

    private Map<String, CloudflareBinding> present() {
        return bindings.get().stream().collect(Collectors.toMap(CloudflareBinding::id, Function.identity()));
    }

    private void require(String binding) {
        if (bindings.get().stream().noneMatch(one -> one.id().equals(binding))) {
            throw new NotFoundException("binding '" + binding + "' (expected: the id of one)");
        }
    }
}
