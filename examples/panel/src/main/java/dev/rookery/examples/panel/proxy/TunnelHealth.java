package dev.rookery.examples.panel.proxy;

import dev.rookery.api.RookeryException;
import dev.rookery.examples.panel.proxy.DomainStage.State;
import dev.rookery.kit.NamedThreads;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.route.CloudflareBinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether requests come through a tunnel. The panel's own connector is asked, and if that does not tell, Cloudflare, which also knows those of others; the
 * latter at most every fifteen seconds for each binding. Nobody waits longer than three seconds for it. Thread-safe.
 */
final class TunnelHealth implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelHealth.class);
    private static final String STAGE = "tunnel";
    private static final Duration FRESH = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** What Cloudflare calls a tunnel that no connector runs. */
    private static final Set<String> DOWN = Set.of("inactive", "down");

    private final Function<String, ConnectorState> connectors;
    private final Function<CloudflareBinding, CloudflareApi> apis;
    private final ExecutorService threads = NamedThreads.perTask("tunnel-health");
    private final Clock clock;
    private final Map<CloudflareBinding, Asked> asked = new ConcurrentHashMap<>();

    TunnelHealth(
            Function<String, ConnectorState> connectors, Function<CloudflareBinding, CloudflareApi> apis, Clock clock) {
        this.connectors = connectors;
        this.apis = apis;
        this.clock = clock;
    }

    /** Returns whether anything comes through. If Cloudflare does not say, nothing is held against the tunnel. */
    DomainStage of(CloudflareBinding binding) {
        var own = connectors.apply(binding.id());
        if (own.status().ready()) {
            return DomainStage.of(STAGE, State.DONE, "");
        }
        var status = status(binding);
        if (status.filter(DOWN::contains).isEmpty()) {
            return DomainStage.of(STAGE, State.DONE, status.isEmpty() ? "Cloudflare does not say how it is" : "");
        }
        return own.wanted()
                ? DomainStage.of(STAGE, State.WAITING, own.said().orElse("the connector is not connected yet"))
                : DomainStage.of(STAGE, State.FAILED, "no connector runs: the tunnel is " + status.get());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Optional<String> status(CloudflareBinding binding) {
        var now = clock.instant();
        asked.values().removeIf(old -> old.isStale(now));
        var answer = asked.computeIfAbsent(
                        binding, one -> new Asked(now, CompletableFuture.supplyAsync(() -> ask(one), threads)))
                .answer();
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Cloudflare does not say how the tunnel of {} is", binding.id(), e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<String> ask(CloudflareBinding binding) {
        try {
            var tunnels = apis.apply(binding).tunnels(binding.accountId());
            return binding.tunnelId()
                    .map(tunnels::get)
                    .or(() -> tunnels.find(binding.tunnelName()))
                    .map(Tunnel::status);
        } catch (RookeryException e) {
            LOG.debug("Cloudflare does not say how the tunnel of {} is: {}", binding.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private record Asked(Instant at, CompletableFuture<Optional<String>> answer) {

        /** One that still waits is not asked again beside it. */
        boolean isStale(Instant now) {
            return answer.isDone() && !now.isBefore(at.plus(FRESH));
        }
    }
}
