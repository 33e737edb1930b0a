package dev.rookery.examples.panel.proxy;

import dev.rookery.api.NotFoundException;
import dev.rookery.api.RookeryException;
import dev.rookery.kit.Backoff;
import dev.rookery.proxy.cloudflare.CloudflareApi;
import dev.rookery.proxy.cloudflare.ConnectorKeeper;
import dev.rookery.proxy.cloudflare.ConnectorLauncher;
import dev.rookery.proxy.cloudflare.ConnectorStatus;
import dev.rookery.proxy.cloudflare.Tunnel;
import dev.rookery.proxy.route.CloudflareBinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The connector of one tunnel, and the token that it runs with, which Cloudflare is asked for. One thread at a time looks after it; any may ask how it is. */
final class KeptConnector {

    /** So soon it is seen that somebody has given the tunnel another secret. */
    private static final Duration TOKEN_AGE = Duration.ofMinutes(15);
    /** One that does not run may do so because of that. */
    private static final Duration TOKEN_AGE_WHEN_DOWN = Duration.ofMinutes(1);

    private static final Backoff BACKOFF = Backoff.of(Duration.ofSeconds(2), 2, Duration.ofMinutes(2), 0.2);

    private final ConnectorLauncher launcher;
    private final Clock clock;
    private final ConnectorKeeper keeper;
    private volatile Optional<String> refused = Optional.empty();
    private Optional<CloudflareBinding> asked = Optional.empty();
    private Instant askedAt = Instant.MIN;
    private int failures;

    KeptConnector(ConnectorLauncher launcher, Clock clock) {
        this.launcher = launcher;
        this.clock = clock;
        this.keeper = new ConnectorKeeper(clock);
    }

    /** Asks it, for at most two seconds. */
    ConnectorStatus status() {
        return keeper.status();
    }

    /** Returns what is in the way; empty if nothing is. */
    Optional<String> said() {
        return keeper.said().or(() -> refused);
    }

    /** Does what there is to do so that it runs. */
    void look(CloudflareBinding binding, Function<CloudflareBinding, CloudflareApi> apis) {
        if (toBeAsked(binding)) {
            ask(binding, apis);
        }
        keeper.look();
    }

    /** Stops it. */
    void stop() {
        keeper.close();
    }

    /** Lets go of it without stopping it. */
    void leave() {
        keeper.leave();
    }

    private boolean toBeAsked(CloudflareBinding binding) {
        if (asked.filter(binding::equals).isEmpty()) {
            return true;
        }
        var age = failures > 0
                ? BACKOFF.pauseAfter(failures)
                : keeper.status().running() ? TOKEN_AGE : TOKEN_AGE_WHEN_DOWN;
        return !clock.instant().isBefore(askedAt.plus(age));
    }

    /** If Cloudflare does not say, what runs goes on. */
    private void ask(CloudflareBinding binding, Function<CloudflareBinding, CloudflareApi> apis) {
        asked = Optional.of(binding);
        try {
            keeper.want(launcher, token(binding, apis.apply(binding)));
            failures = 0;
            refused = Optional.empty();
        } catch (RookeryException e) {
            failures++;
            refused = Optional.of(String.valueOf(e.getMessage()));
        }
        askedAt = clock.instant();
    }

    private static String token(CloudflareBinding binding, CloudflareApi api) {
        var tunnels = api.tunnels(binding.accountId());
        var id = binding.tunnelId()
                .or(() -> tunnels.find(binding.tunnelName()).map(Tunnel::id))
                .orElseThrow(() -> new NotFoundException("tunnel '" + binding.tunnelName()
                        + "' is not there yet (expected: it is made when the first route goes by it)"));
        return tunnels.connectorToken(id);
    }
}
